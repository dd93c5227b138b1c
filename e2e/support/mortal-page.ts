/** Pages opened at a moment that stands still, whose worker may be stopped for good before a commit. */
import type { BrowserContext, Page } from '@playwright/test';
import { withWorkerPrelude } from './worker-prelude.ts';

/** What the worker says when its time has come. */
const LAST_WORDS = 'the worker makes no further commit';

export interface MortalPage {
  readonly page: Page;
  /** When the worker stands still before the commit it may not make. */
  readonly stopped: Promise<void>;
}

/** @param commits how many the worker may make */
export async function openAt(
  context: BrowserContext,
  now: number,
  commits = Number.POSITIVE_INFINITY,
): Promise<MortalPage> {
  await withWorkerPrelude(
    context,
    `{
      Date.now = () => ${now};
      let left = ${commits};
      const begin = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (names, mode, ...more) {
        if (mode === 'readwrite') left -= 1;
        if (left < 0) {
          new BroadcastChannel('mortal').postMessage('${LAST_WORDS}');
          // a transaction that neither ends nor fails: whoever waits for it waits for ever
          return { objectStore: () => ({ put: () => ({}), delete: () => ({}), transaction: {} }) };
        }
        return begin.call(this, names, mode, ...more);
      };
    }`,
  );
  const page = await context.newPage();
  // by way of the page: what a worker says in its first moments may be missed
  await page.addInitScript(() => {
    new BroadcastChannel('mortal').addEventListener('message', ({ data }) => console.debug(data));
  });
  const stopped = new Promise<void>((resolve) => {
    page.on('console', (message) => {
      if (message.text() === LAST_WORDS) resolve();
    });
  });
  await page.clock.setFixedTime(now);
  return { page, stopped };
}
