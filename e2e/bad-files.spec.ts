import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from '@playwright/test';
import initSqlJs from 'sql.js';
import { closeSheet, openStart, sheet } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { opencodeFolder, ownFile } from './support/files.ts';

const CASES: readonly { name: string; file: string; content: () => Promise<string | Uint8Array>; says: RegExp }[] = [
  {
    name: 'a text file',
    file: 'notes.txt',
    content: async () => 'Buy bread.\n'.repeat(500),
    says: /notes\.txt is .*(not a SQLite database|text)/,
  },
  {
    name: 'an encrypted database',
    file: 'opencode.db',
    content: async () => randomBytes(64 * 1024),
    says: /opencode\.db seems to be an encrypted database/,
  },
  {
    name: "another program's database",
    file: 'places.db',
    content: async () => {
      const { Database } = await initSqlJs();
      const db = new Database();
      db.run('create table moz_places (id integer primary key, url text); insert into moz_places values (1, "x")');
      return db.export();
    },
    says: /places\.db/,
  },
  {
    name: 'an empty file',
    file: 'opencode.db',
    content: async () => '',
    says: /opencode\.db is empty/,
  },
];

for (const { name, file, content, says } of CASES) {
  test(`${name} gets its own answer, and nothing changes`, async ({ page }, info) => {
    const path = ownFile(info, file, await content());
    await openStart(page);
    await dropPaths(page, [path]);
    await expect(sheet(page).getByRole('alert')).toContainText('Everything is as it was');
    await expect(sheet(page).getByRole('listitem').filter({ hasText: says })).toBeVisible();
    await closeSheet(page);
    await page.goto('/sessions');
    await expect(page.getByText('The catalog is empty')).toBeVisible();
  });
}

test('a truncated database is told from a whole one, and nothing changes', async ({ page }, info) => {
  const { db } = opencodeFolder(info);
  const whole = readFileSync(db);
  const path = ownFile(info, 'cut/opencode.db', whole.subarray(0, Math.floor(whole.length / 2)));
  await openStart(page);
  await dropPaths(page, [path]);
  await expect(sheet(page).getByText(/opencode\.db is cut off/)).toBeVisible();
  await closeSheet(page);
  await page.goto('/sessions');
  await expect(page.getByText('The catalog is empty')).toBeVisible();
});

test('a folder with nothing of ours says so, and nothing changes', async ({ page }, info) => {
  const note = ownFile(info, 'empty-folder/notes.txt', 'Buy bread.');
  await openStart(page);
  await dropPaths(page, [dirname(note)]);
  await expect(sheet(page).getByRole('alert')).toContainText('Everything is as it was');
  await expect(sheet(page).getByText(/^Not used/)).toBeVisible();
  await closeSheet(page);
  await page.goto('/sessions');
  await expect(page.getByText('The catalog is empty')).toBeVisible();
});
