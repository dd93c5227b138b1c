import { execFileSync } from 'node:child_process';
import type { Page, TestInfo } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { closeSheet, openStart, receipt } from './support/app.ts';
import { findings } from './support/axe.ts';
import { dropFileObjects, dropPaths } from './support/drop.ts';
import { fixtureSessions, opencodeFolder, ROOT } from './support/files.ts';
import { ClaudeFolder } from './support/transcripts.ts';

async function importPaths(page: Page, paths: readonly string[]): Promise<void> {
  await openStart(page);
  await dropPaths(page, paths);
  await receipt(page);
  await closeSheet(page);
}

/** A Claude Code folder with a session of yesterday and two that are to be swept. */
function sweptFolder(info: TestInfo): ClaudeFolder {
  const claude = new ClaudeFolder(info);
  claude.write(1, 'Pack for the fjords', 1);
  claude.write(2, 'Buy a tent', 26.9);
  claude.write(3, 'Look for boots', 28.8);
  return claude;
}

test('lists what was read under its place, and forgets it without its sessions', async ({ page }, info) => {
  const { folder } = opencodeFolder(info);
  await importPaths(page, [folder]);
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await expect(page.getByRole('heading', { name: 'Sources', level: 1 })).toBeVisible();
  const place = page.getByRole('region', { name: 'opencode', exact: true });
  await expect(place.getByText('opencode/opencode.db')).toBeVisible();
  await expect(place.getByText('OpenCode, database')).toBeVisible();

  await place.getByRole('button', { name: 'Forget opencode' }).click();
  await expect(page.getByText('Nothing was read yet')).toBeVisible();
  await page.goto('/sessions');
  await expect(page.getByText(new RegExp(`^${fixtureSessions()} sessions`))).toBeVisible();
});

test('reads all places again at once', async ({ page }, info) => {
  const { folder } = opencodeFolder(info);
  const claude = new ClaudeFolder(info);
  claude.write(1, 'Pack for the fjords');
  await importPaths(page, [folder, claude.path]);
  await page.goto('/sources');
  await expect(page.getByRole('heading', { name: 'Sources', level: 1 })).toBeVisible();
  // the browser asks anew after a reload; dropping is an answer too
  await dropPaths(page, [folder, claude.path]);
  expect(await receipt(page)).toBe('Nothing new.');
  await closeSheet(page);
  claude.write(2, 'Buy a tent');
  await page.getByRole('button', { name: 'Read all again' }).click();
  await receipt(page);
  await closeSheet(page);
  await expect(page.getByRole('region', { name: '.claude' }).getByText('2 sessions')).toBeVisible();
});

test('two folders of one name are two places, and neither takes the other’s sessions for lost', async ({
  page,
}, info) => {
  const here = new ClaudeFolder(info, 'here/.claude');
  const there = new ClaudeFolder(info, 'there/.claude');
  here.write(1, 'Pack for the fjords');
  there.write(2, 'Buy a tent');
  await importPaths(page, [here.path]);
  await dropPaths(page, [there.path]);
  await receipt(page);
  await closeSheet(page);
  await page.getByRole('link', { name: 'Sources' }).click();
  await expect(page.getByRole('region', { name: '.claude', exact: true }).getByText('1 session')).toBeVisible();
  await expect(page.getByRole('region', { name: '.claude (2)' }).getByText('1 session')).toBeVisible();
  await page.goto('/sessions?mark=vanished');
  await expect(page.getByText('No session fits')).toBeVisible();
});

test('what was only dropped is said to be so', async ({ page }, info) => {
  const { db, wal } = opencodeFolder(info);
  await openStart(page);
  await dropFileObjects(page, [db, wal]);
  await receipt(page);
  await closeSheet(page);
  await page.getByRole('link', { name: 'Sources' }).click();
  const dropped = page.getByRole('region', { name: 'Not connected' });
  await expect(dropped.getByText('Dropped once')).toBeVisible();
  await dropped.getByRole('button', { name: 'Forget opencode.db' }).click();
  await expect(dropped).toBeHidden();
});

test('without the ways to keep a folder open the page says so, and dropping does the same', async ({ page }, info) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showDirectoryPicker');
    Reflect.deleteProperty(window, 'FileSystemObserver');
  });
  const { db, wal } = opencodeFolder(info);
  await openStart(page);
  await dropFileObjects(page, [db, wal]);
  await receipt(page);
  await closeSheet(page);
  await page.goto('/sources');
  await expect(page.getByText('This browser can’t keep a folder open')).toBeVisible();
  await dropFileObjects(page, [db, wal]);
  expect(await receipt(page)).toBe('Nothing new.');
});

test('transcripts that Claude Code will delete soon are pointed out and listed', async ({ page }, info) => {
  await importPaths(page, [sweptFolder(info).path]);
  await page.getByRole('link', { name: 'Sources' }).click();
  await expect(page.getByText(/delete the transcripts of 2 sessions soon/)).toBeVisible();
  await page.getByRole('link', { name: 'See which' }).click();
  await expect(page.getByText('2 of 3 sessions')).toBeVisible();
  await expect(page.getByRole('row', { name: /Look for boots/ }).getByText('deleted tomorrow')).toBeVisible();
  await page.getByRole('row', { name: /Buy a tent/ }).click();
  await expect(page.getByText(/Claude Code will delete the transcript in 3 days/)).toBeVisible();
  await page.getByRole('combobox', { name: 'State' }).selectOption('Any state');
  await expect(page.getByText('3 sessions', { exact: true })).toBeVisible();
});

test('sessions are narrowed by project, and those that fit are counted', async ({ page }, info) => {
  const { folder } = opencodeFolder(info);
  const claude = new ClaudeFolder(info);
  claude.write(1, 'Pack for the fjords');
  await importPaths(page, [folder, claude.path]);
  await page.goto('/sessions');
  await page.getByRole('combobox', { name: 'Project' }).selectOption('packlist');
  await expect(page.getByText(`1 of ${fixtureSessions() + 1} sessions`)).toBeVisible();
  await expect(page.getByRole('row', { name: /Pack for the fjords/ })).toBeVisible();
});

test('“Copy context” copies what the command line prints', async ({ page, context }, info) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const claude = new ClaudeFolder(info);
  claude.write(1, 'Pack for the fjords', 2);
  claude.write(2, 'Buy a tent', 9);
  await importPaths(page, [claude.path]);
  await page.goto('/sessions');
  await page.getByRole('combobox', { name: 'Window of the context' }).selectOption('last 7 days');
  await page.getByRole('button', { name: 'Copy what happened' }).click();
  await expect(page.getByText('Copied', { exact: true }).first()).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const end = /"end": "([^"]+)"/.exec(copied)?.[1] ?? '';
  const cli = (...words: readonly string[]): string =>
    execFileSync(
      process.execPath,
      ['--import', 'tsx', 'src/terminal/cli.ts', ...words, '--data-dir', info.outputPath('state'), '--now', end],
      { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
  cli('ingest', 'sessions', '--claude', claude.path);
  expect(copied).toBe(cli('context', '--days', '7', '--json'));
  expect(copied).toContain('Pack for the fjords');
  expect(copied).not.toContain('Buy a tent');
});

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test.describe(`in ${theme}, ${width} px wide`, () => {
      test.use({ colorScheme: theme });

      test('axe finds nothing on Sources and on marked sessions, and nothing scrolls sideways', async ({
        page,
      }, info) => {
        const claude = sweptFolder(info);
        const { db, wal, folder } = opencodeFolder(info);
        await importPaths(page, [claude.path, folder]);
        await dropFileObjects(page, [db, wal]);
        await receipt(page);
        await closeSheet(page);
        claude.remove(1);
        await page.setViewportSize({ width, height: 800 });
        await page.getByRole('link', { name: 'Sources' }).click();
        await page.getByRole('button', { name: 'Read all again' }).click();
        await receipt(page);
        await closeSheet(page);
        await expect(page.getByText('1 more gone')).toBeVisible();
        await page.screenshot({ path: info.outputPath('sources.png'), fullPage: true });
        await expectClean(page);
        await page.getByRole('link', { name: 'Sessions' }).click();
        await expect(page.getByText('gone', { exact: true }).first()).toBeVisible();
        await page.screenshot({ path: info.outputPath('sessions.png') });
        await expectClean(page);
      });
    });
  }
}

async function expectClean(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}
