import type { Page } from '@playwright/test';
import type { Years } from '../../src/core/timeline/fixture-years.ts';
import { groupsOfYears } from '../../src/core/timeline/fixture-years.ts';

/** The browser as it would be after years of imports. To be called before the app is opened; `origin` may be left out where there is a base. */
export async function storeYears(page: Page, years: Years, origin = ''): Promise<void> {
  await page.goto(`${origin}/favicon.svg`);
  for (const [key, text] of groupsOfYears(years)) {
    await page.evaluate(
      async ([name, value]) => {
        const done = <T>(request: IDBRequest<T>): Promise<T> =>
          new Promise((resolve, reject) => {
            request.addEventListener('success', () => resolve(request.result));
            request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB did not answer')));
          });
        const opening = indexedDB.open('dramatis-own');
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('groups'));
        const database = await done(opening);
        await done(database.transaction('groups', 'readwrite').objectStore('groups').put(value, name));
        database.close();
      },
      [key, text] as const,
    );
  }
}
