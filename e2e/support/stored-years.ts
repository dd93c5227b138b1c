import type { Page } from '@playwright/test';
import type { Years } from '../../src/core/timeline/fixture-years.ts';
import { groupsOfYears } from '../../src/core/timeline/fixture-years.ts';

/**
 * The browser as it would be after years of imports. To be called before the app is opened.
 *
 * @param origin of the app, where the browser was not told
 */
export async function storeYears(page: Page, years: Years, origin = ''): Promise<void> {
  // a page of the app's origin that is not the app
  await page.goto(`${origin}/favicon.svg`);
  for (const [key, text] of groupsOfYears(years)) {
    await page.evaluate(
      async ([name, value]) => {
        const opening = indexedDB.open('dramatis-own');
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('groups'));
        await new Promise((resolve, reject) => {
          opening.addEventListener('success', resolve);
          opening.addEventListener('error', reject);
        });
        const database = opening.result;
        const transaction = database.transaction('groups', 'readwrite');
        transaction.objectStore('groups').put(value, name);
        await new Promise((resolve, reject) => {
          transaction.addEventListener('complete', resolve);
          transaction.addEventListener('abort', reject);
        });
        database.close();
      },
      [key, text] as const,
    );
  }
}
