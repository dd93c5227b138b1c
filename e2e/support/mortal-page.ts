import type { BrowserContext, Page } from '@playwright/test';

const DYING = 'dramatis: the end of this page';

export interface MortalPage {
  readonly page: Page;
  /** Resolves in the moment in which the page has made all the commits it may and is about to make another. */
  readonly dying: Promise<void>;
}

/** Opens pages at moments that stand still, each with so many commits to live. The last one that is opened sets the numbers. */
export async function mortalPages(context: BrowserContext) {
  let prelude = '';
  await context.route('**/workspace.worker-*.js', async (route) => {
    const answer = await route.fetch({ maxRetries: 3 });
    await route.fulfill({ response: answer, body: `${prelude}\n${await answer.text()}` });
  });
  return async (now: number, commits = Number.POSITIVE_INFINITY): Promise<MortalPage> => {
    prelude = `Date.now = () => ${now};\n${diesAfter(commits)}`;
    const page = await context.newPage();
    const dying = new Promise<void>((resolve) => {
      page.on('console', (said) => said.text() === DYING && resolve());
    });
    await page.clock.setFixedTime(now);
    return { page, dying };
  };
}

/** A worker that asks for one more transaction than it may never gets it: nothing of that commit is there. */
function diesAfter(commits: number): string {
  return `{
    let left = ${commits === Number.POSITIVE_INFINITY ? 'Infinity' : commits};
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (names, mode, ...options) {
      if (mode === 'readwrite' && --left < 0) {
        console.debug(${JSON.stringify(DYING)});
        self.close();
        throw new Error('the worker is gone');
      }
      return begin.call(this, names, mode, ...options);
    };
  }`;
}
