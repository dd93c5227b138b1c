import type { Page } from '@playwright/test';

/**
 * What the browser keeps of the person's own space, by key. The page may be any of the app's address.
 *
 * @param wanted keys; everything when left out
 */
export async function storedGroups(page: Page, wanted: readonly string[] | null = null): Promise<Map<string, string>> {
  const groups = await page.evaluate(async (wanted) => {
    const answered = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB did not answer')));
      });
    const database = await answered(indexedDB.open('dramatis-own'));
    const [name = ''] = database.objectStoreNames;
    const store = database.transaction(name).objectStore(name);
    const isText = (value: unknown): value is string => typeof value === 'string';
    const keys = wanted ?? (await answered(store.getAllKeys()));
    const values = await Promise.all(keys.map((key) => answered<unknown>(store.get(key))));
    database.close();
    const groups = keys.map((key, at) => [key, values[at]]);
    return groups.filter((group): group is [string, string] => group.every(isText));
  }, wanted);
  return new Map(groups);
}

/** The groups of persona state alone, in order. */
export function personaState(groups: ReadonlyMap<string, string>): [string, string][] {
  return [...groups].filter(([key]) => key.startsWith('state/')).sort(([x], [y]) => (x < y ? -1 : 1));
}
