import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { closeSheet, openStart, receipt } from './support/app.ts';
import { opencodeFolder } from './support/files.ts';

test('a folder that was picked is remembered: after a reload a click imports it again', async ({ page }, info) => {
  const { db, wal } = opencodeFolder(info);
  // the system's dialog can't be driven; a folder of the browser's own file system is as real a handle
  await page.addInitScript(() => {
    window.showDirectoryPicker = async () =>
      (await navigator.storage.getDirectory()).getDirectoryHandle('opencode', { create: true });
  });
  await openStart(page);
  for (const [name, path] of [
    ['opencode.db', db],
    ['opencode.db-wal', wal],
  ] as const) {
    await page.evaluate(
      async ([file, content]) => {
        const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle('opencode', { create: true });
        const writable = await (await folder.getFileHandle(file, { create: true })).createWritable();
        await writable.write(Uint8Array.from(atob(content), (char) => char.charCodeAt(0)));
        await writable.close();
      },
      [name, readFileSync(path).toString('base64')] as const,
    );
  }
  await page.getByRole('button', { name: 'OpenCode folder' }).click();
  expect(await receipt(page)).toContain('are new');
  await closeSheet(page);

  await page.goto('/import');
  await page.getByRole('button', { name: 'Import again' }).click();
  expect(await receipt(page)).toBe('Nothing new.');
  await closeSheet(page);

  await page.getByRole('link', { name: 'Sources' }).first().click();
  const forget = page.getByRole('button', { name: 'Forget opencode' });
  await forget.click();
  await expect(forget).toBeHidden();
  await page.goto('/import');
  await expect(page.getByRole('heading', { name: 'Sources' })).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Connected' })).toBeHidden();
});
