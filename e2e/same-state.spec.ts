import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { decodeMeta } from '../src/core/state/serialise.ts';
import { MemoryStore } from '../src/core/state/memory-store.ts';
import { openWorkspace } from '../src/core/workspace.ts';
import { nodeFile } from '../src/platform/node/node-file.ts';
import { loadSqlJs } from '../src/platform/node/sql-js.ts';
import { openStart, receipt } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { CORPUS_STORE, hasCorpus, opencodeFolder } from './support/files.ts';

type Groups = [string, string][];

/** What the browser keeps of persona state, group by group. */
function storedState(page: Page): Promise<Groups> {
  return page.evaluate(async () => {
    const answered = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB did not answer')));
      });
    const database = await answered(indexedDB.open('dramatis-own'));
    const [name = ''] = database.objectStoreNames;
    const store = database.transaction(name).objectStore(name);
    const isText = (value: unknown): value is string => typeof value === 'string';
    const [keys, values] = await Promise.all([answered(store.getAllKeys()), answered<unknown[]>(store.getAll())]);
    database.close();
    const groups = keys.map((key, at) => [key, values[at]]);
    const state = groups.filter((group): group is [string, string] => group.every(isText));
    return state.filter(([key]) => key.startsWith('state/')).sort(([x], [y]) => (x < y ? -1 : 1));
  });
}

/** Imports the same files in Node, on the same device at the same moment. */
async function stateInNode(files: readonly string[], device: string, now: number): Promise<Groups> {
  const store = new MemoryStore();
  const ports = { store, loadSqlJs, now: () => now, newDeviceId: () => device, timeZone: 'UTC' };
  const workspace = await openWorkspace(ports);
  expect(await workspace.import(files.map(nodeFile))).toMatchObject({ ok: true });
  const keys = (await store.keys()).filter((key) => key.startsWith('state/'));
  return [...(await store.read(keys))].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function expectSameState(page: Page, files: readonly string[]): Promise<void> {
  await openStart(page);
  await dropPaths(page, files);
  await receipt(page);
  const inBrowser = await storedState(page);
  const meta = inBrowser.find(([key]) => key === 'state/meta');
  const { device, lastSync } = decodeMeta(JSON.parse(meta?.[1] ?? '{}'));
  expect(inBrowser.length).toBeGreaterThan(3);
  expect(await stateInNode(files, device, lastSync ?? 0)).toEqual(inBrowser);
}

test('browser and Node give the same state, byte for byte: the fixture', async ({ page }, info) => {
  const { db, wal } = opencodeFolder(info);
  await expectSameState(page, [db, wal]);
});

test('browser and Node give the same state, byte for byte: a genuine store', async ({ page }) => {
  test.skip(!hasCorpus(), `NO CORPUS at ${CORPUS_STORE}: the states were NOT compared`);
  await expectSameState(page, [`${CORPUS_STORE}/opencode.db`, `${CORPUS_STORE}/opencode.db-wal`]);
});
