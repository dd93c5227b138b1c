import initSqlJs from 'sql.js';
import { beforeAll, expect, it } from 'vitest';
import { FixtureProvider } from '../extraction/fixture-provider.ts';
import { FixtureStore } from '../fixture-store.ts';
import { DAY_MS } from '../model/constants.ts';
import { MemoryStore } from '../state/memory-store.ts';
import type { Workspace } from '../workspace.ts';
import { openWorkspace } from '../workspace.ts';

const NOW = Date.UTC(2026, 10, 21, 9);
let SQL: Awaited<ReturnType<typeof initSqlJs>>;

beforeAll(async () => {
  SQL = await initSqlJs();
});

function open(store: MemoryStore): Promise<Workspace> {
  const loadSqlJs = (): ReturnType<typeof initSqlJs> => Promise.resolve(SQL);
  return openWorkspace({ store, loadSqlJs, now: () => NOW, newDeviceId: () => 'device', timeZone: 'UTC' });
}

function historyOf(...texts: string[]): FixtureStore {
  const db = new FixtureStore(SQL);
  db.session('s', NOW - DAY_MS);
  for (const [at, text] of texts.entries()) db.message({ id: `m${at}`, session: 's', time: NOW - DAY_MS + at, text });
  return db;
}

async function learned(store: MemoryStore, db: FixtureStore): Promise<Workspace> {
  const workspace = await open(store);
  await workspace.import(db.files(), { now: NOW });
  await workspace.extract(db.files(), { provider: new FixtureProvider() });
  return workspace;
}

it('what the person did to items is there after a restart, and so is the way back', async () => {
  const store = new MemoryStore();
  const db = historyOf('I use tabs.', 'I use spaces.');
  const workspace = await learned(store, db);
  const [spaces, tabs] = workspace.memory().items;
  await workspace.changeItem({ kind: 'reject', id: spaces!.id });
  await workspace.changeItem({ kind: 'correct', id: tabs!.id, name: 'Tabs, always' });
  const again = await open(store);
  expect(again.memory().items).toMatchObject([{ id: tabs!.id, name: 'Tabs, always', status: 'confirmed' }]);
  expect(again.memory({ status: ['rejected'] }).items).toMatchObject([{ id: spaces!.id }]);
  expect(again.undoable()).toMatchObject({ kind: 'correct', name: 'I use tabs.' });
  await again.undoItem();
  await again.undoItem();
  expect(await again.undoItem()).toBeNull();
  expect(again.memory().items.map(({ id, status }) => [id, status])).toEqual([
    [spaces!.id, 'proposed'],
    [tabs!.id, 'proposed'],
  ]);
});

it('a rejected item does not come back when its message is extracted anew', async () => {
  const store = new MemoryStore();
  const db = historyOf('I use tabs.');
  const workspace = await learned(store, db);
  const [tabs] = workspace.memory().items;
  await workspace.changeItem({ kind: 'reject', id: tabs!.id });
  db.message({ id: 'm0', session: 's', time: NOW - DAY_MS, text: 'I use tabs.\nAnd spaces.' });
  db.run('UPDATE session SET time_updated = ?', [NOW]);
  await learned(store, db);
  expect((await open(store)).memory().total).toBe(0);
});

it('says where the words of an item stand now', async () => {
  const store = new MemoryStore();
  const db = historyOf('I use tabs.', 'I use spaces.');
  const workspace = await learned(store, db);
  const [spaces] = workspace.memory().items;
  const { evidence } = await workspace.why(spaces!.id);
  expect(evidence).toMatchObject([
    { place: 'kept', text: 'I use spaces.', sessionTitle: 'Title of s', projectName: 'shop' },
  ]);
  await expect(workspace.why('fact.none')).rejects.toThrow(/no item fact.none/);
});

it('words whose message is not kept any more are looked for in the source, when it is connected', async () => {
  const store = new MemoryStore();
  const db = new FixtureStore(SQL);
  for (let at = 0; at < 5; at++) {
    db.session(`s${at}`, NOW - (40 - at) * DAY_MS);
    db.message({ id: `m${at}`, session: `s${at}`, time: NOW - (40 - at) * DAY_MS, text: `I use ${at}.` });
  }
  const workspace = await open(store);
  const limits = { minMessages: 2 };
  await workspace.import(db.files(), { now: NOW, limits });
  await workspace.extract(db.files(), { provider: new FixtureProvider(), limits });
  await workspace.ceremony({ limits });
  const [oldest] = workspace.memory({ session: 's0' }).items;
  const place = async (): Promise<unknown> => (await workspace.why(oldest!.id, db.files())).evidence[0]?.place;
  expect((await workspace.why(oldest!.id)).evidence[0]).toMatchObject({ place: 'not-connected', text: 'I use 0.' });
  expect(await place()).toBe('in-source');
  db.message({ id: 'm0', session: 's0', time: NOW - 40 * DAY_MS, text: 'I used 0.' });
  expect(await place()).toBe('changed');
  db.run(`DELETE FROM message WHERE id = 'm0'`);
  expect(await place()).toBe('gone');
});

it('settings and keys: settings are state, keys are on the device alone and in no backup', async () => {
  const store = new MemoryStore();
  const workspace = await open(store);
  await workspace.changeExtractionSettings({ provider: 'anthropic', concurrency: 99, ceremonyHour: -3 });
  await workspace.setProviderKey('anthropic', 'sk-ant-very-secret');
  const again = await open(store);
  expect(again.extractionSettings()).toMatchObject({
    provider: 'anthropic',
    concurrency: 16,
    ceremonyHour: 0,
    hasKey: { anthropic: true, openai: false },
    paused: null,
  });
  const state = await store.read((await store.keys()).filter((key) => key.startsWith('state/')));
  expect([...state.values(), await again.backup()].join('\n')).not.toContain('very-secret');
  await again.setProviderKey('anthropic', null);
  expect([...(await store.read(await store.keys())).values()].join('\n')).not.toContain('very-secret');
});

it('a deleted item is gone, is not found again, and comes back when that is undone, also after a restart', async () => {
  const store = new MemoryStore();
  const db = historyOf('I use tabs.', 'I use spaces.');
  const workspace = await learned(store, db);
  const [spaces, tabs] = workspace.memory().items;
  expect(await workspace.changeItem({ kind: 'delete', id: tabs!.id })).toMatchObject({ id: tabs!.id });
  db.message({ id: 'm9', session: 's', time: NOW - 5, text: 'I use tabs.' });
  await workspace.import(db.files(), { now: NOW });
  await workspace.extract(db.files(), { provider: new FixtureProvider() });
  expect(workspace.memory().items.map(({ id }) => id)).toEqual([spaces!.id]);
  await expect(workspace.changeItem({ kind: 'confirm', id: tabs!.id })).rejects.toThrow(/no item/);
  const again = await open(store);
  expect(await again.undoItem()).toMatchObject({ kind: 'delete', name: 'I use tabs.' });
  expect(again.item(tabs!.id)).toMatchObject({ status: 'proposed', evidence: [{ messageId: 'm0' }] });
});
