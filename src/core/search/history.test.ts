import fc from 'fast-check';
import initSqlJs from 'sql.js';
import { beforeAll, expect, it } from 'vitest';
import { FixtureStore } from '../fixture-store.ts';
import { DAY_MS } from '../model/constants.ts';
import type { HistoryProgress } from '../model/search-views.ts';
import type { SourceEntry } from '../sources/byte-source.ts';
import { jsonl, type Place, prompt, reply, text, toolUse } from '../sources/claude/fixture-lines.ts';
import { MemorySource } from '../sources/sqlite/memory-source.ts';
import { MemoryStore } from '../state/memory-store.ts';
import type { Workspace } from '../workspace.ts';
import { openWorkspace } from '../workspace.ts';

const NOW = Date.UTC(2026, 10, 21, 9);
let SQL: Awaited<ReturnType<typeof initSqlJs>>;

beforeAll(async () => {
  SQL = await initSqlJs();
});

function open(): Promise<Workspace> {
  const loadSqlJs = (): ReturnType<typeof initSqlJs> => Promise.resolve(SQL);
  return openWorkspace({
    store: new MemoryStore(),
    loadSqlJs,
    now: () => NOW,
    newDeviceId: () => 'device',
    timeZone: 'UTC',
  });
}

/** Two sessions of many messages; every tenth has the needle. */
function longHistory(count: number): FixtureStore {
  const db = new FixtureStore(SQL);
  for (const session of ['old', 'new']) {
    const start = NOW - (session === 'old' ? 300 : 100) * DAY_MS;
    db.session(session, start, { title: `The ${session} one`, directory: `/src/${session}` });
    for (let at = 0; at < count; at++) {
      const said = at % 10 === 0 ? 'Here is the Needle of it.' : 'Nothing but hay.';
      db.message({ id: `${session}_${at}`, session, time: start + at * 60_000, text: said });
    }
  }
  return db;
}

function transcriptOf(words: string): SourceEntry {
  return transcript([
    (place) => prompt(place, `What of the ${words}?`),
    (place) => reply(place, 'msg_1', text(`The ${words} is packed.`)),
  ]);
}

function transcript(lines: readonly ((place: Place) => Record<string, unknown>)[]): SourceEntry {
  let ids = 0;
  const place: Place = {
    sessionId: '0b9c7f9e-6b1f-4a53-9d0e-5d1f6a1c2b3d',
    cwd: '/home/nora/src/packlist',
    newId: () => `line-${(ids += 1)}`,
    time: NOW - DAY_MS / 2,
    parent: null,
  };
  const bytes = new TextEncoder().encode(jsonl(lines.map((line) => line(place))));
  const path = `${place.sessionId}.jsonl`;
  return { name: path, path, folderSeen: true, open: () => Promise.resolve(new MemorySource(bytes)) };
}

function toolTranscript(): SourceEntry {
  return transcript([
    (place) => prompt(place, 'Where is it?'),
    (place) => reply(place, 'msg_that_calls_a_tool', toolUse('toolu_1', 'Read', { file_path: '/quixotic.md' })),
  ]);
}

function search(workspace: Workspace, query: string, entries: readonly SourceEntry[]) {
  return workspace.search.history({ text: query }, entries);
}

it('finds in the sources what is not kept, and what is kept not twice', async () => {
  const db = longHistory(300);
  const workspace = await open();
  await workspace.import(db.files(), { now: NOW, limits: { minMessages: 50, maxAgeDays: 14 } });
  const kept = workspace.search.kept({ text: 'needle', limit: 100 }).messages;
  const history = await search(workspace, 'needle', db.files());
  expect(kept.total).toBe(5);
  expect(history).toMatchObject({ ended: 'done', searched: 600, total: 600, found: 55, problems: [] });
  const ids = new Set([...kept.hits, ...history.hits].map(({ id }) => id));
  expect(ids.size).toBe(60);
  expect(history.hits[0]).toMatchObject({
    id: 'new_240',
    sessionTitle: 'The new one',
    projectName: 'new',
    personaId: null,
    excerpt: { text: 'Here is the Needle of it.', marks: [{ start: 12, end: 18 }] },
  });
});

it('needs no import: both tools are looked through as they are', async () => {
  const workspace = await open();
  const history = await search(workspace, 'needle', [...longHistory(20).files(), transcriptOf('needle')]);
  expect(history).toMatchObject({ ended: 'done', found: 6, searched: 42 });
  expect(history.hits.map(({ source }) => source)).toEqual(['claude', 'claude', ...Array<string>(4).fill('opencode')]);
  expect(history.hits[0]).toMatchObject({ projectName: 'packlist', role: 'assistant' });
});

it('a message of several parts is found by words that stand in different ones, once', async () => {
  const db = new FixtureStore(SQL);
  db.session('s', NOW - DAY_MS);
  db.message({ id: 'm', session: 's', time: NOW - DAY_MS, text: 'first comes wal' });
  db.part('prt_2', 'm', 's', NOW - DAY_MS, { type: 'text', text: 'then the mode, and wal again' });
  const workspace = await open();
  expect(await search(workspace, 'first mode', db.files())).toMatchObject({ found: 1 });
  expect(await search(workspace, 'wal', db.files())).toMatchObject({ found: 1 });
  expect(await search(workspace, 'first missing', db.files())).toMatchObject({ found: 0, searched: 1 });
});

it('what tools were given and gave back is found when it is asked for, in both tools', async () => {
  const db = longHistory(10);
  const state = {
    status: 'completed',
    input: { command: 'grep quixotic' },
    output: 'La Mancha',
    title: '',
    time: { start: 1, end: 2 },
  };
  db.message({ id: 'call', session: 'new', time: NOW - DAY_MS, text: 'Looking.', role: 'assistant' });
  db.part('prt_tool', 'call', 'new', NOW - DAY_MS, { type: 'tool', tool: 'bash', callID: 'c', state });
  const workspace = await open();
  const entries = [...db.files(), toolTranscript()];
  expect(await search(workspace, 'quixotic', entries)).toMatchObject({ found: 0, toolSessions: null });
  const history = await search(workspace, 'quixotic in:tools', entries);
  expect(history).toMatchObject({ found: 2, ended: 'done', toolSessions: { done: 3, total: 3 } });
  expect(history.hits.map(({ id, inTool }) => [id, inTool])).toEqual([
    ['msg_that_calls_a_tool', true],
    ['call', true],
  ]);
  // tools are found by their names
  expect(await search(workspace, 'quixotic bash in:tools', entries)).toMatchObject({ found: 1 });
  // the call and what was said with it are one message
  expect(await search(workspace, 'mancha looking in:tools', entries)).toMatchObject({ found: 1 });
});

it('a copy in a fork is not found again', async () => {
  const db = new FixtureStore(SQL);
  for (const session of ['s', 'f']) {
    db.session(session, NOW - DAY_MS, { title: session === 's' ? 'One' : 'One (fork #1)' });
    db.message({ id: `m_${session}`, session, time: NOW - DAY_MS, text: 'the needle' });
  }
  expect(await search(await open(), 'needle', db.files())).toMatchObject({ found: 1, searched: 2 });
});

it('messages of one session at the same moment are no copies', async () => {
  const db = new FixtureStore(SQL);
  db.session('s', NOW - DAY_MS);
  for (const id of ['m_1', 'm_2']) db.message({ id, session: 's', time: NOW - DAY_MS, text: `the needle ${id}` });
  expect(await search(await open(), 'needle', db.files())).toMatchObject({ found: 2, searched: 2 });
});

it('filters hold for the sources too, and sessions that can not fit are not read', async () => {
  const db = longHistory(200);
  const workspace = await open();
  const all = await search(workspace, 'needle', db.files());
  expect(
    (await search(workspace, 'needle project:/src/new', db.files())).hits.every(({ sessionId }) => sessionId === 'new'),
  ).toBe(true);
  expect(await search(workspace, 'needle tool:claude', db.files())).toMatchObject({ found: 0, searched: 0 });
  expect(await search(workspace, 'needle since:2026-08-01', db.files())).toMatchObject({ found: 20, searched: 200 });
  expect(await search(workspace, 'needle role:assistant', db.files())).toMatchObject({ found: 0, searched: 400 });
  expect(all.found).toBe(40);
});

it('what an agent told a sub-agent is not said to be the words of the person', async () => {
  const db = new FixtureStore(SQL);
  db.session('s', NOW - DAY_MS);
  db.session('sub', NOW - DAY_MS, { parent: 's' });
  for (const session of ['s', 'sub'])
    db.message({ id: `m_${session}`, session, time: NOW - (session === 's' ? 2 : 1), text: `needle of ${session}` });
  const { hits } = await search(await open(), 'needle', db.files());
  expect(hits.map(({ id, byPerson }) => [id, byPerson])).toEqual([
    ['m_sub', false],
    ['m_s', true],
  ]);
});

it('the newest hits are given, and the others counted', async () => {
  const history = await (await open()).search.history({ text: 'needle', limit: 3 }, longHistory(200).files());
  expect(history.found).toBe(40);
  expect(history.hits.map(({ id }) => id)).toEqual(['new_190', 'new_180', 'new_170']);
});

it('ends at once when it is cancelled, with what it had', async () => {
  const stop = new AbortController();
  const told: HistoryProgress[] = [];
  const history = await (
    await open()
  ).search.history({ text: 'needle' }, longHistory(50).files(), {
    signal: stop.signal,
    onProgress: (progress) => {
      told.push(progress);
      stop.abort();
    },
  });
  expect(history.ended).toBe('cancelled');
  expect(told).toHaveLength(1);
});

it('a file that can not be read is told, and the others are searched', async () => {
  const bad: SourceEntry = {
    name: 'other.db',
    path: 'other.db',
    folderSeen: true,
    open: () => Promise.resolve(new MemorySource(new TextEncoder().encode('no database'))),
  };
  const history = await search(await open(), 'needle', [bad, ...longHistory(10).files()]);
  expect(history).toMatchObject({ ended: 'done', found: 2 });
  expect(history.problems.map(({ file }) => file)).toContain('other.db');
});

it('finds what a plain look at every message finds', async () => {
  const workspace = await open();
  const words = ['wal', 'WAL-mode', 'waltz', 'modern', 'mode', 'Möde', '"', '\n', '検索', 'é', 'ok'];
  const said = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((some) => some.join(' '));
  await fc.assert(
    fc.asyncProperty(
      fc.array(said, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('wal', 'mode ', 'wal mode ', '検 ok'),
      async (texts, query) => {
        const db = new FixtureStore(SQL);
        db.session('s', NOW - DAY_MS);
        for (const [at, each] of texts.entries())
          db.message({ id: `m${at}`, session: 's', time: NOW - DAY_MS + at, text: each });
        const { hits } = await search(workspace, query, db.files());
        const fresh = await open();
        await fresh.import(db.files(), { now: NOW });
        const plain = fresh.search.kept({ text: query, limit: 50 }).messages.hits;
        expect(hits.map(({ id }) => id)).toEqual(plain.map(({ id }) => id));
      },
    ),
    { numRuns: 30 },
  );
});
