/** The year in a life, in a browser with its own queue: a first installation, and seven weeks later. */
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { FEBRUARY, firstYear, JANUARY, later } from '../src/core/extraction/fixture-year.ts';
import { MemoryStore } from '../src/core/state/memory-store.ts';
import { loadSqlJs } from '../src/platform/node/sql-js.ts';
import { closeSheet, receipt } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { ownFile } from './support/files.ts';
import { extraction } from './support/memory.ts';
import { openAt } from './support/fixed-page.ts';
import { personaState, storedGroups } from './support/stored-state.ts';
import { deviceOf, visitInNode } from './support/year.ts';

const NAME = 'opencode.db';

interface Year {
  readonly january: Uint8Array;
  readonly february: Uint8Array;
}

async function year(): Promise<Year> {
  const db = firstYear(await loadSqlJs());
  const january = db.bytes();
  later(db);
  return { january, february: db.bytes() };
}

async function openMemoryPage(page: Page): Promise<void> {
  await page.goto('/memory');
  await expect(page.getByRole('heading', { name: 'Memory', level: 1 })).toBeVisible();
}

async function dropped(page: Page, path: string): Promise<string> {
  await dropPaths(page, [path]);
  const said = await receipt(page);
  await closeSheet(page);
  return said;
}

/** Tidies up by hand, and waits until that is written. */
async function tidyUp(page: Page): Promise<void> {
  const meta = async (): Promise<string | undefined> => (await storedGroups(page)).get('state/meta');
  const before = await meta();
  await page.getByRole('button', { name: 'Tidy up now' }).click();
  await expect.poll(meta).not.toBe(before);
}

async function expectKept(page: Page, persona: string, words: string): Promise<void> {
  await page.getByRole('link', { name: 'Personas', exact: true }).click();
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: persona, exact: true }) });
  await expect(card).toContainText(words);
}

test('January and February end as in Node, byte for byte, and February reads only what is new', async ({
  context,
}, info) => {
  const { january, february } = await year();
  const path = ownFile(info, NAME, january);
  const inNode = new MemoryStore();

  const first = await openAt(context, JANUARY);
  await openMemoryPage(first);
  await dropped(first, path);
  await expect(extraction(first)).toContainText('3 sessions read, 610 messages');
  await expect(extraction(first)).toContainText('Tidied up');
  const device = deviceOf(await storedGroups(first));
  await visitInNode(inNode, path, device, JANUARY);
  expect(personaState(await storedGroups(first))).toEqual(personaState(await inNode.read(await inNode.keys())));
  await expectKept(first, 'build', '250 kept of 590');
  await expectKept(first, 'plan', '20 kept of 20');
  await first.getByRole('link', { name: 'Memory', exact: true }).click();
  await expect(first.getByRole('button', { name: /^Traits/ })).toContainText('305');
  await first.close();

  ownFile(info, NAME, february);
  const second = await openAt(context, FEBRUARY);
  await openMemoryPage(second);
  await expect(extraction(second)).toContainText('Every session that can be reached has been read.');
  await expect(extraction(second)).toContainText('Tidied up: 50 old messages');
  await dropped(second, path);
  await expect(extraction(second)).toContainText('3 sessions read, 82 messages');
  await tidyUp(second);
  const workspace = await visitInNode(inNode, path, device, FEBRUARY);
  await workspace.ceremony();
  expect(personaState(await storedGroups(second))).toEqual(personaState(await inNode.read(await inNode.keys())));
  await expectKept(second, 'build', '200 kept of 672');
  await expect(second.getByRole('main')).toContainText('Title of s-e');
  await expect(second.getByRole('main')).toContainText('Title of s-d');
  await second.reload();
  await openMemoryPage(second);
  await expect(extraction(second)).toContainText('Every session that can be reached has been read.');
});
