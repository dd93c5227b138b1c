import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { dropPaths } from './support/drop.ts';
import { closeSheet, openStart, personaNames, receipt } from './support/app.ts';
import { opencodeFolder, ownFile } from './support/files.ts';

function section(page: Page) {
  return page.getByRole('region', { name: 'Kept in this browser' });
}

async function savedBackup(page: Page, passphrase: string): Promise<string> {
  await page.goto('/settings');
  await section(page)
    .getByLabel(/^Passphrase for the backup/)
    .fill(passphrase);
  const downloading = page.waitForEvent('download');
  await section(page).getByRole('button', { name: 'Save a backup' }).click();
  return readFile(await (await downloading).path(), 'utf8');
}

test('a sealed backup is saved, and taken back in another browser after it has said what it replaces', async ({
  page,
  browser,
}, info) => {
  const { folder } = opencodeFolder(info);
  await openStart(page);
  await dropPaths(page, [folder]);
  await receipt(page);
  await closeSheet(page);
  await page.goto('/personas');
  await expect(personaNames(page).first()).toBeVisible();
  const names = await personaNames(page).allTextContents();
  const backup = await savedBackup(page, 'seven quiet otters');
  expect(backup).not.toContain('opencode:build');
  const path = ownFile(info, 'backup.json', backup);

  const other = await (await browser.newContext()).newPage();
  await other.goto('/settings');
  await section(other).getByLabel('Take back a backup').setInputFiles(path);
  await expect(section(other).getByRole('alert')).toContainText('This backup is sealed');
  await section(other).getByLabel('Passphrase of this backup').fill('seven loud otters');
  await section(other).getByRole('button', { name: 'Open it' }).click();
  await expect(section(other).getByRole('alert')).toContainText('does not open this backup');
  await section(other).getByLabel('Passphrase of this backup').fill('seven quiet otters');
  await section(other).getByRole('button', { name: 'Open it' }).click();
  await expect(section(other)).toContainText('It would replace 0 personas with 0 messages, 0 sessions');
  await section(other).getByRole('button', { name: 'Replace what is kept' }).click();
  await expect(section(other).getByRole('status')).toContainText('is back');
  await other.getByRole('link', { name: 'Personas', exact: true }).click();
  await expect(personaNames(other)).toHaveText(names);
  await other.reload();
  await expect(personaNames(other)).toHaveText(names);
});

test('a file that is no backup is said to be none, and nothing changes', async ({ page }, info) => {
  await page.goto('/settings');
  const path = ownFile(info, 'notes.json', '{"notes": []}');
  await section(page).getByLabel('Take back a backup').setInputFiles(path);
  await expect(section(page).getByRole('alert')).toHaveText('This file is not a backup of Dramatis.');
});

test('the meters say how much is kept, of how much', async ({ page }, info) => {
  const { folder } = opencodeFolder(info);
  await openStart(page);
  await dropPaths(page, [folder]);
  await receipt(page);
  await closeSheet(page);
  await page.goto('/settings');
  await expect(section(page).getByRole('meter', { name: 'Persona state' })).toBeVisible();
  await expect(section(page)).toContainText(/of 10 MB/);
  await expect(section(page)).toContainText(/of the .+ this browser allows/);
});
