import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The sheet that shows an import, its receipt, or why there is none. */
export function sheet(page: Page): Locator {
  return page.getByRole('dialog');
}

export async function openStart(page: Page): Promise<void> {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: /your coding agents have a history/i })).toBeVisible();
  await takenOver(page);
}

/** The first screen is there before the app is: waits until the app has taken it over. */
export async function takenOver(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('#root button') ?? {}).some((key) => key.startsWith('__reactProps')),
  );
}

/** Waits for the receipt and gives what it says first. */
export async function receipt(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  return (await sheet(page).getByRole('status').first().textContent()) ?? '';
}

export async function closeSheet(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toBeHidden();
}

export async function importSample(page: Page): Promise<void> {
  await openStart(page);
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await receipt(page);
  await closeSheet(page);
  await expect(page.getByRole('heading', { name: 'Personas', level: 1 })).toBeVisible();
}

/** Names on the cards of the Personas screen. */
export function personaNames(page: Page): Locator {
  return page.getByRole('main').getByRole('listitem').getByRole('heading', { level: 2 });
}

/** The receipt as "Download JSON" gives it. */
export async function downloadedReceipt(page: Page): Promise<unknown> {
  const downloading = page.waitForEvent('download');
  await sheet(page).getByRole('button', { name: 'Download JSON' }).click();
  return JSON.parse(await readFile(await (await downloading).path(), 'utf8'));
}

/** What is imported stays unread: nothing else writes behind the page meanwhile. */
export async function withoutExtraction(page: Page): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('dramatis.extraction', 'stop built-in'));
}
