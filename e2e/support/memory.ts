import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** What the Memory screen says of extraction. */
export function extraction(page: Page): Locator {
  return page.getByRole('region', { name: 'Extraction' });
}

/** One row of the Memory screen for each item. */
export function items(page: Page): Locator {
  return page.getByRole('main').getByRole('article');
}

/** Opens the Memory screen by its keys, and waits until what was imported is read. */
export async function openMemory(page: Page): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page.getByRole('heading', { name: 'Memory', level: 1 })).toBeVisible();
  await expect(extraction(page).getByText(/sessions? read, /)).toBeVisible({ timeout: 45_000 });
}
