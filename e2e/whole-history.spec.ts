/** The reference history, whole, in a browser: every message once, the state bounded at every commit, the page free. */
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { QUEUE_KEY } from '../src/core/extraction/queue.ts';
import { STATE_LIMIT_BYTES } from '../src/core/model/constants.ts';
import { decodeLedger } from '../src/core/state/serialise-memory.ts';
import { closeSheet, openStart, receipt } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { referenceHistory } from './support/files.ts';
import { storedGroups } from './support/stored-state.ts';
import { withWorkerPrelude } from './support/worker-prelude.ts';
import { openJobsIn } from './support/year.ts';

/** Tells of each commit how large the state is after it. */
const TELLS_BYTES = `
  const sizes = new Map();
  const encoder = new TextEncoder();
  const tell = (store) => store.transaction.addEventListener('complete', () => {
    console.debug('state bytes: ' + [...sizes.values()].reduce((sum, size) => sum + size, 0));
  }, { once: true });
  const isState = (key) => /^(state|injected)\\//.test(key);
  for (const name of ['put', 'delete']) {
    const original = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...given) {
      const [key, text] = name === 'put' ? [given[1], given[0]] : [given[0], ''];
      if (typeof key === 'string' && isState(key)) {
        if (name === 'delete') sizes.delete(key);
        else sizes.set(key, encoder.encode(text).length);
        tell(this);
      }
      return original.apply(this, given);
    };
  }`;

const TELLS_LONG_TASKS = (): void => {
  const tell = (list: PerformanceObserverEntryList): void => {
    for (const { duration } of list.getEntries()) console.debug(`long task: ${duration} ms`);
  };
  new PerformanceObserver(tell).observe({ type: 'longtask' });
};

/** So long at least a person needs to find their file. */
const FINDS_FILE_MS = 2_000;

// another program that holds the processor makes any task long
test.describe.configure({ retries: 2 });

/** Read alone: to take everything that is kept out of the database would hold the page up. */
async function openJobs(page: Page): Promise<number> {
  return openJobsIn(await storedGroups(page, [QUEUE_KEY]));
}

test('all of it is extracted, each message once, within the limit at every commit, and the page is free', async ({
  context,
  page,
}) => {
  test.setTimeout(600_000);
  const { paths, now, spoken } = referenceHistory();
  const bytes: number[] = [];
  const long: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (text.startsWith('state bytes: ')) bytes.push(Number(text.slice('state bytes: '.length)));
    else if (text.startsWith('long task')) long.push(text);
  });
  await withWorkerPrelude(context, `Date.now = () => ${now};\n${TELLS_BYTES}`);
  await page.addInitScript(TELLS_LONG_TASKS);
  await page.clock.setFixedTime(now);
  await openStart(page);
  // what the app itself takes to start is measured elsewhere
  await page.waitForTimeout(FINDS_FILE_MS);
  long.length = 0;
  let cycles = 0;
  for (let hasWork = true; hasWork; cycles++) {
    await dropPaths(page, paths);
    await receipt(page);
    hasWork = (await openJobs(page)) > 0;
    await closeSheet(page);
    await expect.poll(() => openJobs(page), { timeout: 300_000 }).toBe(0);
  }
  expect(long).toEqual([]);
  const ledger = decodeLedger(JSON.parse((await storedGroups(page)).get('state/ledger') ?? '{}'));
  expect([...ledger.values()].reduce((sum, { messages }) => sum + messages, 0)).toBe(spoken);
  expect(cycles).toBeGreaterThan(2);
  expect(bytes.length).toBeGreaterThan(100);
  expect(Math.max(...bytes)).toBeLessThanOrEqual(STATE_LIMIT_BYTES);
});
