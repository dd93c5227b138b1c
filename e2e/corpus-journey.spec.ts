/** Through every screen, on what the genuine tools wrote. Pictures of each are left beside the results, to be looked at. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import { expect, test } from '@playwright/test';
import * as v from 'valibot';
import { closeSheet, openStart, personaNames, receipt } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { CORPUS, CORPUS_STORE, hasCorpus } from './support/files.ts';

const CLAUDE = join(CORPUS, 'claude', 'marot-spotter', 'projects');
const Oracle = v.object({
  sessions: v.array(v.object({ id: v.string(), parent_id: v.nullable(v.string()), title: v.string() })),
});

/** Titles of the sessions a person began, as the oracle has them. */
function titles(): string[] {
  const { sessions } = v.parse(Oracle, JSON.parse(readFileSync(join(CORPUS_STORE, 'oracle.json'), 'utf8')));
  return sessions.filter(({ parent_id: parent }) => parent === null).map(({ title }) => title);
}

async function look(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: info.outputPath(`${name}.png`) });
}

function heading(page: Page, name: string | RegExp) {
  return page.getByRole('heading', { name, level: 1 });
}

test('every screen shows what OpenCode and Claude Code really wrote', async ({ page }, info) => {
  test.skip(!hasCorpus() || !existsSync(CLAUDE), `NO CORPUS at ${CORPUS}: no screen was looked at with genuine data`);
  test.setTimeout(180_000);
  await openStart(page);
  await look(page, info, 'start');
  await dropPaths(page, [join(CORPUS_STORE, 'opencode.db'), join(CORPUS_STORE, 'opencode.db-wal'), CLAUDE]);
  expect(await receipt(page)).toContain('are new');
  await look(page, info, 'receipt');
  await closeSheet(page);

  await expect(heading(page, 'Personas')).toBeVisible();
  const names = await personaNames(page).allTextContents();
  expect(names).toEqual(expect.arrayContaining(['build', 'main']));
  await look(page, info, 'personas');

  await page.goto('/personas/opencode%3Abuild');
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline).toHaveAttribute('aria-busy', 'false');
  await expect(page.getByRole('article').last()).toBeVisible();
  await look(page, info, 'timeline');
  await timeline.getByRole('button', { name: 'Table' }).click();
  await expect(timeline.getByRole('row').nth(1)).toBeVisible();
  await look(page, info, 'timeline-table');

  await page.goto('/sessions');
  await expect(heading(page, 'Sessions')).toBeVisible();
  for (const title of titles().slice(0, 5)) {
    await expect(page.getByRole('button', { name: title, exact: true }).first()).toBeVisible();
  }
  await page.getByRole('row').nth(1).click();
  await look(page, info, 'sessions');
  await page.getByRole('link', { name: 'Read the transcript' }).click();
  await expect(page.getByRole('article').last()).toBeVisible();
  await look(page, info, 'transcript');

  await page.goto('/activity');
  await expect(page.getByRole('heading', { name: 'A year' })).toBeVisible();
  await look(page, info, 'activity');
  const last = page.getByRole('button', { name: 'Show the last day with any' });
  if (await last.isVisible()) await last.click();
  await expect(page.getByRole('heading', { name: 'Agent time, day by day' })).toBeVisible();
  await look(page, info, 'activity-last');

  await page.goto('/search?q=checkout');
  const found = page.getByRole('region', { name: /^Whole history/ }).getByRole('listitem');
  await expect(found.first()).toBeVisible();
  await look(page, info, 'search');
  await page.goto('/memory');
  await expect(heading(page, 'Memory')).toBeVisible();
  await expect(page.getByText(/^Every session|sessions? read, /)).toBeVisible({ timeout: 60_000 });
  await look(page, info, 'memory');

  const box = page.getByRole('dialog', { name: 'Search' });
  await page.keyboard.press('Control+k');
  await box.getByRole('combobox').fill('checkout');
  await expect(box.getByRole('option').first()).toBeVisible();
  await look(page, info, 'box');
  await page.keyboard.press('Escape');

  await page.goto('/sources');
  await expect(page.getByText('OpenCode, database')).toBeVisible();
  await expect(page.getByText(/^Claude Code/).first()).toBeVisible();
  await look(page, info, 'sources');

  await page.goto('/settings');
  await expect(heading(page, 'Settings')).toBeVisible();
  await look(page, info, 'settings');
});
