/** The year in a life, in a browser with its own queue: a first installation, and seven weeks later. */
import { writeFile } from 'node:fs/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { FEBRUARY, firstYear, JANUARY, later } from '../src/core/extraction/fixture-year.ts';
import { MemoryStore } from '../src/core/state/memory-store.ts';
import { loadSqlJs } from '../src/platform/node/sql-js.ts';
import { closeSheet, receipt } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { ownFile } from './support/files.ts';
import { extraction } from './support/memory.ts';
import { mortalPages, type MortalPage } from './support/mortal-page.ts';
import { storedGroups } from './support/stored-state.ts';
import type { Groups } from './support/year.ts';
import { deviceOf, endState, openJobsIn, visitInNode } from './support/year.ts';

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
  const button = page.getByRole('button', { name: 'Tidy up now' });
  await button.click();
  await expect(button).toBeEnabled();
}

async function expectKept(page: Page, persona: string, words: string): Promise<void> {
  await page.getByRole('link', { name: 'Personas', exact: true }).click();
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: persona, exact: true }) });
  await expect(card).toContainText(words);
}

test('January and February end as in Node, and February reads only what is new', async ({ context }, info) => {
  const { january, february } = await year();
  const path = ownFile(info, NAME, january);
  const inNode = new MemoryStore();
  const openAt = await mortalPages(context);

  const { page: first } = await openAt(JANUARY);
  await openMemoryPage(first);
  await dropped(first, path);
  await expect(extraction(first)).toContainText('3 sessions read, 610 messages');
  await expect(extraction(first)).toContainText('Tidied up');
  const device = deviceOf(await storedGroups(first));
  await visitInNode(inNode, path, device, JANUARY);
  expect(await endState(await storedGroups(first))).toBe(await endState(await inNode.read(await inNode.keys())));
  await expectKept(first, 'build', '250 kept of 590');
  await expectKept(first, 'plan', '20 kept of 20');
  await first.getByRole('link', { name: 'Memory', exact: true }).click();
  await expect(first.getByRole('button', { name: /^Traits/ })).toContainText('305');
  await first.close();

  ownFile(info, NAME, february);
  const { page: second } = await openAt(FEBRUARY);
  await openMemoryPage(second);
  await expect(extraction(second)).toContainText('Every session that can be reached has been read.');
  await expect(extraction(second)).toContainText('Tidied up: 50 old messages');
  await dropped(second, path);
  await expect(extraction(second)).toContainText('3 sessions read, 82 messages');
  await tidyUp(second);
  const workspace = await visitInNode(inNode, path, device, FEBRUARY);
  await workspace.ceremony();
  expect(await endState(await storedGroups(second))).toBe(await endState(await inNode.read(await inNode.keys())));
  await expectKept(second, 'build', '200 kept of 672');
  await expect(second.getByRole('main')).toContainText('Title of s-e');
  await expect(second.getByRole('main')).toContainText('Title of s-d');
  await second.reload();
  await openMemoryPage(second);
  await expect(extraction(second)).toContainText('Every session that can be reached has been read.');
});

/** Opens the app, drops the database and waits until all work is done, or until the page dies of it. */
async function visit({ page, dying }: MortalPage, path: string): Promise<'done' | 'died'> {
  const living = async (): Promise<'done'> => {
    await openMemoryPage(page);
    await dropped(page, path);
    await expect.poll(async () => openJobsIn(await storedGroups(page)), { timeout: 60_000 }).toBe(0);
    await tidyUp(page);
    return 'done';
  };
  const lived = living();
  // a page that died fails in whatever was waited for
  lived.catch(() => undefined);
  return Promise.race([lived, dying.then((): 'died' => 'died')]);
}

/** Both visits of the year, each made again and again, with one commit more to live every time, until one comes to its end. */
async function wholeYear(context: BrowserContext, path: string, commits: number) {
  const { january, february } = await year();
  const openAt = await mortalPages(context);
  const diedWithWorkLeft: number[] = [];
  let groups: Groups = new Map();
  for (const [now, bytes] of [[JANUARY, january] as const, [FEBRUARY, february] as const]) {
    await writeFile(path, bytes);
    let deaths = 0;
    for (let cut = commits; ; cut++) {
      const opened = await openAt(now, cut);
      const end = await visit(opened, path);
      groups = await storedGroups(opened.page);
      await opened.page.close();
      if (end === 'done') break;
      if (openJobsIn(groups) > 0) deaths += 1;
    }
    diedWithWorkLeft.push(deaths);
  }
  return { diedWithWorkLeft, end: await endState(groups) };
}

test('the page closed before a commit, again and again, ends the year as one that never was', async ({
  browser,
}, info) => {
  test.setTimeout(300_000);
  const path = ownFile(info, NAME, new Uint8Array());
  const live = async (commits: number) => {
    const context = await browser.newContext();
    const lived = await wholeYear(context, path, commits);
    await context.close();
    return lived;
  };
  const whole = await live(Number.POSITIVE_INFINITY);
  expect(whole.diedWithWorkLeft).toEqual([0, 0]);
  const broken = await live(1);
  for (const deaths of broken.diedWithWorkLeft) expect(deaths).toBeGreaterThanOrEqual(1);
  expect(broken.end).toBe(whole.end);
});
