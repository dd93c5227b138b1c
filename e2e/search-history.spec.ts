import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { closeSheet, openStart, receipt } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { CORPUS, opencodeFolder } from './support/files.ts';

const CLAUDE = join(CORPUS, 'claude', 'marot-spotter', 'projects');

async function imported(page: Page, path: string): Promise<void> {
  await openStart(page);
  await dropPaths(page, [path]);
  await receipt(page);
  await closeSheet(page);
}

/** How many messages the line says were searched. */
async function searched(page: Page): Promise<number> {
  const line = page.getByText(/^[\d,]+ messages? searched, [\d,]+ more found$/).first();
  await expect(line).toBeVisible();
  return Number((await line.textContent())?.split(' ')[0]?.replaceAll(',', ''));
}

test('a message that was not kept is found in its source, and opens in the transcript', async ({ page }, info) => {
  const { folder } = opencodeFolder(info);
  await imported(page, folder);
  await page.goto('/search?q=the');
  expect(await searched(page)).toBeGreaterThan(500);
  const section = page.getByRole('region', { name: /^Whole history/ });
  await section.getByRole('button', { name: /^Show \d+ more$/ }).click();
  await expect(section.getByRole('listitem').nth(10)).toBeVisible();
  const hit = section.getByRole('listitem').first().getByRole('link');
  await page.screenshot({ path: 'test-results/search-history.png' });
  const words = (await hit.locator('mark').first().textContent()) ?? '';
  await hit.click();
  await expect(page).toHaveURL(/\/sessions\/[^/?]+\?message=/);
  await expect(page.locator('[aria-current="true"]').filter({ hasText: words }).first()).toBeVisible();
});

test('however many hits were shown, another question begins with few', async ({ page }, info) => {
  const { folder } = opencodeFolder(info);
  await imported(page, folder);
  await page.goto('/search?q=the');
  await searched(page);
  const section = page.getByRole('region', { name: /^Whole history/ });
  await section.getByRole('button', { name: /^Show \d+ more$/ }).click();
  await expect(section.getByRole('listitem').nth(10)).toBeVisible();
  await page.getByRole('searchbox').press('End');
  await page.getByRole('searchbox').pressSequentially(' a');
  await expect(section.getByRole('listitem')).toHaveCount(10);
  await expect(section.getByRole('button', { name: /^Show \d+ more$/ })).toBeVisible();
});

test('a search in the box does not end that of the page below', async ({ page }, info) => {
  const { folder } = opencodeFolder(info);
  await imported(page, folder);
  await page.goto('/search?q=the in:tools');
  await expect(page.getByText(/ more found$/).first()).toBeVisible();
  await page.keyboard.press('Control+k');
  const box = page.getByRole('dialog', { name: 'Search' });
  await box.getByRole('combobox').pressSequentially('quixotic');
  await expect(box.getByText(/messages searched, 0 more found/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(box).toBeHidden();
  await expect(
    page.getByText(/^[\d,]+ messages and the tools of [\d,]+ sessions searched, [\d,]+ more found$/).first(),
  ).toBeVisible();
});

test('typing on ends the search before it, and only the last is shown', async ({ page }, info) => {
  const { folder } = opencodeFolder(info);
  await imported(page, folder);
  await page.goto('/search');
  await page.getByRole('searchbox').pressSequentially('the retry quixotic', { delay: 30 });
  await expect(page.getByText(/messages searched, 0 more found/).first()).toBeVisible();
  await expect(page.getByRole('region', { name: /^Whole history/ }).getByRole('listitem')).toHaveCount(0);
});

test('a genuine Claude Code store: what was said is kept, and tool calls are found when they are asked for', async ({
  page,
}) => {
  test.skip(!existsSync(CLAUDE), `NO CORPUS at ${CLAUDE}: searching it was NOT tried`);
  await imported(page, CLAUDE);
  await page.goto('/search?q=the');
  expect(await searched(page)).toBeGreaterThan(0);
  await page.getByLabel('Where').selectOption('tools');
  await expect(page.getByRole('searchbox')).toHaveValue('the in:tools');
  await expect(
    page.getByText(/ messages and the tools of \d+ sessions? searched, [1-9]\d* more found$/).first(),
  ).toBeVisible();
});
