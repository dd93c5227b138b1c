import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { importSample, openStart, personaNames, receipt } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { opencodeFolder } from './support/files.ts';

/** The list that scrolls. */
function scroller(page: Page) {
  return page.locator('[data-virtuoso-scroller="true"]');
}

test('a long conversation opens at its newest message and renders only what is near', async ({ page }, info) => {
  const { db, wal } = opencodeFolder(info);
  await openStart(page);
  await dropPaths(page, [db, wal]);
  await receipt(page);
  await page.getByRole('link', { name: 'See the personas' }).click();
  await personaNames(page).getByRole('link').first().click();
  await expect(page.getByRole('article').last()).toBeVisible();
  const fromEnd = () => scroller(page).evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight);
  await expect.poll(fromEnd).toBeLessThan(60);
  expect(await page.getByRole('article').count()).toBeLessThan(60);

  await page.keyboard.press('Home');
  await expect.poll(() => scroller(page).evaluate((list) => list.scrollTop)).toBeLessThan(5);
  await expect(page.getByRole('article').first()).toBeVisible();
  expect(await page.getByRole('article').count()).toBeLessThan(60);
});

test('the place in a conversation is kept while other screens are visited', async ({ page }) => {
  await importSample(page);
  await page.getByRole('link', { name: 'build', exact: true }).click();
  await expect(page.getByRole('article').last()).toBeVisible();
  await page.keyboard.press('Home');
  const first = page.getByRole('article').first();
  await expect(first).toBeInViewport();
  await expect.poll(() => scroller(page).evaluate((list) => list.scrollTop)).toBeLessThan(5);
  const label = await first.getAttribute('aria-label');
  await page.getByRole('link', { name: 'Sessions' }).click();
  await expect(page.getByRole('heading', { name: 'Sessions' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('article', { name: label ?? '', exact: true }).first()).toBeInViewport();
});

test('sub-agents are folded under their parents until asked for', async ({ page }) => {
  await importSample(page);
  await page.goto('/sessions');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  const before = await page.getByRole('row').count();
  const fold = page.getByRole('button', { name: /^Show \d+ sub-agents?$/ }).first();
  await fold.click();
  await expect(page.getByRole('button', { name: /^Fold \d+ sub-agents?$/ })).toHaveAttribute('aria-expanded', 'true');
  await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(before);
});

test('the filter stands in the address and survives a reload', async ({ page }) => {
  await importSample(page);
  await page.goto('/sessions');
  await page.getByRole('searchbox').fill('review');
  await page.getByRole('button', { name: 'Messages' }).click();
  await expect(page).toHaveURL(/text=review/);
  await expect(page).toHaveURL(/sort=messages/);
  const rows = await page.getByRole('row').count();
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('review');
  await expect(page.getByRole('row')).toHaveCount(rows);
  await expect(page.getByRole('columnheader', { name: 'Messages' })).toHaveAttribute('aria-sort', 'descending');
});
