import { expect, test } from '@playwright/test';
import { importSample, openStart, personaNames, receipt } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { opencodeFolder } from './support/files.ts';

test('the sample goes the way of a dropped file and stays after a reload', async ({ page }) => {
  await importSample(page);
  const names = await personaNames(page).allTextContents();
  expect(names).toContain('build');
  await page.reload();
  await expect(personaNames(page)).toHaveText(names);
  await expect(page.getByText('This is the sample')).toBeVisible();
});

test('leaving the sample leaves nothing of it', async ({ page }) => {
  await importSample(page);
  await page.getByRole('button', { name: 'Leave the sample' }).click();
  await expect(page.getByRole('heading', { name: /your coding agents have a history/i })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: /your coding agents have a history/i })).toBeVisible();
});

test('the sample never mixes with what a person imports', async ({ page }, info) => {
  const { db, wal } = opencodeFolder(info);
  await openStart(page);
  await dropPaths(page, [db, wal]);
  await receipt(page);
  await page.getByRole('link', { name: 'See the personas' }).click();
  const own = await personaNames(page).allTextContents();

  await page.goto('/import');
  await page.getByRole('button', { name: 'Try the sample' }).click();
  expect(await receipt(page)).toContain('31 sessions');
  await page.getByRole('link', { name: 'See the personas' }).click();
  await expect(page.getByText('from 31 sessions')).toBeVisible();

  await dropPaths(page, [db, wal]);
  expect(await receipt(page)).toBe('Nothing new.');
  await page.getByRole('link', { name: 'See the personas' }).click();
  await expect(personaNames(page)).toHaveText(own);
  await expect(page.getByText('This is the sample')).toBeHidden();
});
