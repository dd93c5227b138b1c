import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import * as v from 'valibot';
import { closeSheet, downloadedReceipt, openStart, receipt } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { CORPUS, CORPUS_STORE, hasCorpus } from './support/files.ts';

const oracleShape = v.object({
  totals: v.object({ sessions: v.number(), messages: v.number() }),
  sessions: v.array(v.object({ id: v.string(), parent_id: v.nullable(v.string()), title: v.string() })),
});

test('a store the genuine OpenCode wrote: every session and message of its oracle is found', async ({ page }) => {
  test.skip(!hasCorpus(), `NO CORPUS at ${CORPUS_STORE}: the comparison with its oracle was NOT made`);
  const oracle: unknown = JSON.parse(readFileSync(join(CORPUS_STORE, 'oracle.json'), 'utf8'));
  const { totals, sessions } = v.parse(oracleShape, oracle);
  await openStart(page);
  await dropPaths(page, [join(CORPUS_STORE, 'opencode.db'), join(CORPUS_STORE, 'opencode.db-wal')]);
  await receipt(page);
  expect(await downloadedReceipt(page)).toMatchObject({
    sources: [
      {
        path: 'opencode.db',
        sessions: { found: totals.sessions, new: totals.sessions, skipped: 0 },
        messages: { found: totals.messages, new: totals.messages, skipped: 0 },
      },
    ],
  });

  await page.goto('/sessions');
  const tops = sessions.filter(({ parent_id: parent }) => parent === null || !sessions.some(({ id }) => id === parent));
  const below = sessions.length - tops.length;
  await expect(page.getByText(`${totals.sessions} sessions, ${below} of them sub-agents`)).toBeVisible();
  const titles = await page.getByRole('row').locator('td:first-child button:not([aria-label])').allTextContents();
  expect(titles.sort()).toEqual(tops.map(({ title }) => title).sort());
});

for (const folder of ['claude/marot-spotter/projects', 'opencode/json-1.1.65']) {
  const path = join(CORPUS, folder);

  test(`${folder} is read as a dropped folder, and again without a change`, async ({ page }) => {
    test.skip(!existsSync(path), `NO CORPUS at ${path}: reading it as a folder was NOT tried`);
    await openStart(page);
    await dropPaths(page, [path]);
    expect(await receipt(page)).toContain('are new');
    await closeSheet(page);
    await dropPaths(page, [path]);
    expect(await receipt(page)).toBe('Nothing new.');
  });

  test(`${folder} is read where the browser has no pickers, and again without a change`, async ({ page }) => {
    test.skip(!existsSync(path), `NO CORPUS at ${path}: reading it as a folder was NOT tried`);
    await page.addInitScript(() => Reflect.deleteProperty(window, 'showDirectoryPicker'));
    const choose = async (): Promise<string> => {
      await page.goto('/import');
      const choosing = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Claude Code folder' }).click();
      await (await choosing).setFiles(path);
      return receipt(page);
    };
    expect(await choose()).toContain('are new');
    expect(await choose()).toBe('Nothing new.');
  });
}
