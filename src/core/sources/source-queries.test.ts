import initSqlJs from 'sql.js';
import { describe, expect, test } from 'vitest';
import { FixtureStore } from '../fixture-store.ts';
import type { SourceEntry } from './byte-source.ts';
import { MemoryTree } from './claude/fixture-folder.ts';
import { jsonl, prompt, reply, text } from './claude/fixture-lines.ts';
import { discover } from './discover.ts';
import { makeHistory } from './opencode-json/fixture-history.ts';
import { writeStorage } from './opencode-json/fixture.ts';
import { exportText } from './opencode-export/fixture.ts';
import { FixtureFolder } from './opencode-shared/fixture-folder.ts';
import { getMessagesForSession, getSessionsInRange, getSessionsUpdatedSince } from './source-queries.ts';
import type { Source } from './source.ts';

const never = new AbortController().signal;
const loadSqlJs = initSqlJs;
const history = makeHistory({ seed: 'queries', sessions: 8, messages: 6 });

async function database(): Promise<SourceEntry[]> {
  const store = new FixtureStore(await loadSqlJs());
  for (const [at, id] of ['a', 'b', 'c'].entries()) {
    store.session(id, 1_000 + at);
    store.message({ id: `${id}1`, session: id, time: 2_000 + at });
  }
  store.session('sub', 1_500, { parent: 'a', updated: 2_002 });
  return store.files();
}

async function storage(): Promise<SourceEntry[]> {
  const data = new FixtureFolder('home/opencode');
  writeStorage(data, history);
  return [data];
}

function exported(): Promise<SourceEntry[]> {
  const [one] = history.filter(({ messages }) => messages.length > 2);
  const tree = new MemoryTree([['drop/session.json', exportText(one!)]]);
  return Promise.resolve([tree.file('drop/session.json')]);
}

function transcripts(): Promise<SourceEntry[]> {
  let ids = 0;
  const files = [1, 2, 3].map((n): [string, string] => {
    const sessionId = `${n}aaaaaaa-0000-4000-8000-000000000001`;
    const newId = (): string => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`;
    const place = { sessionId, cwd: '/src/shop', newId, time: Date.UTC(2026, 4, n), parent: null };
    return [
      `projects/-src-shop/${sessionId}.jsonl`,
      jsonl([prompt(place, `Hello ${n}`), reply(place, `msg_01${n}`.padEnd(28, '0'), text('Hi'))]),
    ];
  });
  return Promise.resolve([new MemoryTree(files).folder('projects')]);
}

const FORMATS = [
  ['an OpenCode database', database],
  ['OpenCode JSON', storage],
  ['an OpenCode export', exported],
  ['Claude Code transcripts', transcripts],
] as const;

async function opened(entries: readonly SourceEntry[]): Promise<Source> {
  const { sources } = await discover(entries, { loadSqlJs }, never);
  return sources[0]!.open();
}

describe.each(FORMATS)('%s is asked', (_, make) => {
  test('for sessions of a range: exclusive below, inclusive above, top-level only, oldest first', async () => {
    const source = await opened(await make());
    const { heads } = await source.sessions(never);
    const tops = heads.filter(({ parentId }) => parentId === null);
    const times = tops.map(({ timeUpdated }) => timeUpdated).sort((a, b) => a - b);
    const [first = 0, last = 0] = [times[0], times.at(-1)];
    const all = await getSessionsInRange(source, null, last, never);
    expect(all.map(({ timeUpdated }) => timeUpdated)).toEqual(times);
    expect(all.every(({ parentId }) => parentId === null)).toBe(true);
    const later = await getSessionsInRange(source, first, last, never);
    expect(later.map(({ timeUpdated }) => timeUpdated)).toEqual(times.filter((time) => time > first));
    const before = await getSessionsInRange(source, null, last - 1, never);
    expect(before.map(({ timeUpdated }) => timeUpdated)).toEqual(times.filter((time) => time < last));
    source.close();
  });

  test('for sessions updated since, and for the messages of one', async () => {
    const source = await opened(await make());
    const { heads } = await source.sessions(never);
    const last = Math.max(...heads.map(({ timeUpdated }) => timeUpdated));
    expect(await getSessionsUpdatedSince(source, null, never)).toEqual(heads);
    const newest = await getSessionsUpdatedSince(source, last, never);
    expect(newest).toEqual(heads.filter(({ timeUpdated }) => timeUpdated === last));
    expect(await getSessionsUpdatedSince(source, last + 1, never)).toEqual([]);
    const [head] = newest;
    const { messages } = await source.messages(head!.id, never);
    expect(await getMessagesForSession(source, head!.id, never)).toEqual(messages);
    source.close();
  });
});
