import { expect, test } from '@playwright/test';
import { closeSheet, openStart, personaNames, receipt } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { fixtureSessions, opencodeFolder } from './support/files.ts';

test('a second tab follows, may not write, and takes over when the first is closed', async ({ context }, info) => {
  const { db, wal } = opencodeFolder(info);
  const first = await context.newPage();
  await openStart(first);
  const second = await context.newPage();
  await openStart(second);
  await expect(second.getByText('Dramatis is open in another tab')).toBeVisible();
  await expect(second.getByRole('button', { name: 'OpenCode folder' })).toBeDisabled();
  await dropPaths(second, [db, wal]);
  await expect(second.getByText(/only one may write/)).toBeVisible();
  await closeSheet(second);

  await first.bringToFront();
  await dropPaths(first, [db, wal]);
  await receipt(first);
  await second.bringToFront();
  await expect(second.getByText(`from ${fixtureSessions()} sessions`)).toBeVisible();

  await first.close();
  await expect(second.getByText('Dramatis is open in another tab')).toBeHidden();
  await expect(personaNames(second).first()).toBeVisible();
  await dropPaths(second, [db, wal]);
  expect(await receipt(second)).toBe('Nothing new.');
});
