import { expect, test } from '@playwright/test';
import { closeSheet, openStart, personaNames, receipt, sheet } from './support/app.ts';
import { dropFileObjects, dropPaths } from './support/drop.ts';
import { fixtureSessions, opencodeFolder } from './support/files.ts';

test.describe('a real OpenCode database', () => {
  for (const [how, drop] of [
    ['as handles', dropPaths],
    ['as plain files', dropFileObjects],
  ] as const) {
    test(`dropped ${how}: personas appear, stay after a reload, and a second import finds nothing new`, async ({
      page,
    }, info) => {
      const { db, wal } = opencodeFolder(info);
      const sessions = fixtureSessions();
      await openStart(page);
      await drop(page, [db, wal]);
      expect(await receipt(page)).toMatch(new RegExp(`^${sessions} sessions and \\d+ messages are new`));
      await sheet(page).getByRole('link', { name: 'See the personas' }).click();
      await expect(page).toHaveURL(/\/personas$/);
      const names = await personaNames(page).allTextContents();
      expect(names.length).toBeGreaterThan(1);
      await expect(page.getByText(`${names.length} personas from ${sessions} sessions`)).toBeVisible();

      await page.reload();
      await expect(personaNames(page)).toHaveText(names);

      await drop(page, [db, wal]);
      expect(await receipt(page)).toBe('Nothing new.');
      await closeSheet(page);
      await expect(personaNames(page)).toHaveText(names);
    });
  }

  test('dropped as a folder: the database and its log are found, what must not be read is not', async ({
    page,
  }, info) => {
    const { folder } = opencodeFolder(info);
    await openStart(page);
    await dropPaths(page, [folder]);
    expect(await receipt(page)).toContain(`${fixtureSessions()} sessions`);
    await expect(sheet(page).getByText('opencode/opencode.db', { exact: true })).toBeVisible();
    await expect(sheet(page).getByText('Problems')).toBeHidden();
  });

  test('dropped as a folder where the browser gives no handles: the same', async ({ page }, info) => {
    const { folder } = opencodeFolder(info);
    await page.addInitScript(() => Reflect.deleteProperty(DataTransferItem.prototype, 'getAsFileSystemHandle'));
    await openStart(page);
    await dropPaths(page, [folder]);
    expect(await receipt(page)).toContain(`${fixtureSessions()} sessions`);
    await expect(sheet(page).getByText('opencode/opencode.db', { exact: true })).toBeVisible();
    await expect(sheet(page).getByText('Problems')).toBeHidden();
  });

  test('without its log: it is read, and the missing log is named', async ({ page }, info) => {
    const { db } = opencodeFolder(info);
    await openStart(page);
    await dropPaths(page, [db]);
    await receipt(page);
    await expect(sheet(page).getByText(/opencode\.db-wal was not given/)).toBeVisible();
  });

  test('chosen with file inputs where the browser has no pickers', async ({ page }, info) => {
    const { db, wal, folder } = opencodeFolder(info);
    await page.addInitScript(() => {
      Reflect.deleteProperty(window, 'showOpenFilePicker');
      Reflect.deleteProperty(window, 'showDirectoryPicker');
    });
    await openStart(page);
    await expect(page.getByText(/can’t keep a folder open/)).toBeVisible();
    const files = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'OpenCode database' }).click();
    await (await files).setFiles([db, wal]);
    expect(await receipt(page)).toContain(`${fixtureSessions()} sessions`);
    await closeSheet(page);

    await page.getByRole('link', { name: 'Import' }).click();
    const directory = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'OpenCode folder' }).click();
    await (await directory).setFiles(folder);
    expect(await receipt(page)).toBe('Nothing new.');
  });

  test('dropped on any screen, and the window says that it takes it', async ({ page }, info) => {
    const { db, wal } = opencodeFolder(info);
    await page.goto('/sessions');
    await expect(page.getByText('The catalog is empty')).toBeVisible();
    const cdp = await page.context().newCDPSession(page);
    const data = { items: [], files: [db, wal], dragOperationsMask: 1 };
    await cdp.send('Input.dispatchDragEvent', { type: 'dragEnter', x: 200, y: 200, data });
    await cdp.send('Input.dispatchDragEvent', { type: 'dragOver', x: 200, y: 200, data });
    await expect(page.getByText('Drop to import')).toBeVisible();
    await cdp.send('Input.dispatchDragEvent', { type: 'drop', x: 200, y: 200, data });
    await expect(page.getByText('Drop to import')).toBeHidden();
    await receipt(page);
    await closeSheet(page);
    await expect(page.getByRole('row').nth(1)).toBeVisible();
  });
});
