import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { decodeMeta } from '../src/core/state/serialise.ts';
import { MemoryStore } from '../src/core/state/memory-store.ts';
import { openWorkspace } from '../src/core/workspace.ts';
import { nodeFile } from '../src/platform/node/node-file.ts';
import { loadSqlJs } from '../src/platform/node/sql-js.ts';
import { openStart, receipt, withoutExtraction } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { CORPUS_STORE, hasCorpus, opencodeFolder } from './support/files.ts';
import { personaState, storedGroups } from './support/stored-state.ts';

type Groups = [string, string][];

/** Imports the same files in Node, on the same device at the same moment. */
async function stateInNode(files: readonly string[], device: string, now: number): Promise<Groups> {
  const store = new MemoryStore();
  const ports = { store, loadSqlJs, now: () => now, newDeviceId: () => device, timeZone: 'UTC' };
  const workspace = await openWorkspace(ports);
  expect(await workspace.import(files.map(nodeFile))).toMatchObject({ ok: true });
  return personaState(await store.read(await store.keys()));
}

async function expectSameState(page: Page, files: readonly string[]): Promise<void> {
  await withoutExtraction(page);
  await openStart(page);
  await dropPaths(page, files);
  await receipt(page);
  const inBrowser = personaState(await storedGroups(page));
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
