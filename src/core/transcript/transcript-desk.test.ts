import fc from 'fast-check';
import initSqlJs from 'sql.js';
import { beforeAll, expect, it } from 'vitest';
import { FixtureStore } from '../fixture-store.ts';
import type { Problem } from '../model/problem.ts';
import type { TranscriptMessage } from '../model/transcript.ts';
import type { SourceFile } from '../sources/byte-source.ts';
import type { SessionReader } from '../sources/session-reader.ts';
import { MemoryStore } from '../state/memory-store.ts';
import type { Workspace } from '../workspace.ts';
import { openWorkspace } from '../workspace.ts';
import type { OpenTranscript } from './open-transcript.ts';
import { unitedSession } from './united-session.ts';

const NOW = Date.UTC(2026, 10, 21, 9);
const HOUR = 3_600_000;
let SQL: Awaited<ReturnType<typeof initSqlJs>>;

beforeAll(async () => {
  SQL = await initSqlJs();
});

function fresh(): Promise<Workspace> {
  const store = new MemoryStore();
  return openWorkspace({ store, loadSqlJs: initSqlJs, now: () => NOW, newDeviceId: () => 'device', timeZone: 'UTC' });
}

/** A store with one session, of which it has these messages: id to hours since its beginning. */
function storeOf(path: string, messages: Readonly<Record<string, number>>): FixtureStore {
  const store = new FixtureStore(SQL, path);
  store.session('ses_1', NOW - 100 * HOUR);
  for (const [id, hour] of Object.entries(messages)) {
    store.message({ id, session: 'ses_1', time: NOW - (100 - hour) * HOUR, text: `${id} in ${path}` });
  }
  return store;
}

async function opened(workspace: Workspace, files: readonly SourceFile[]): Promise<OpenTranscript> {
  const outcome = await workspace.transcripts.open('ses_1', files);
  if (!outcome.ok) throw new Error(outcome.problem.message);
  return outcome.transcript;
}

const MAIN = { m1: 1, m2: 2, m5: 5, m9: 9 };
const COPY = { m1: 1, m2: 2, m3: 3, m4: 4, m9: 9, m10: 10 };
const UNITED = ['m1', 'm2', 'm3', 'm4', 'm5', 'm9', 'm10'];

it.each([['imported'], ['never imported']])('a session that two stores hold is their union, %s', async (what) => {
  const files = [...storeOf('a/opencode.db', MAIN).files(), ...storeOf('b/opencode.db', COPY).files()];
  const workspace = await fresh();
  if (what === 'imported') await workspace.import(files, { now: NOW });
  const transcript = await opened(workspace, files);
  expect(await transcript.count()).toBe(7);
  const messages = await transcript.messages(0, 100);
  expect(messages.map(({ id }) => id)).toEqual(UNITED);
  expect((await transcript.newest(3)).map(({ id }) => id)).toEqual(['m5', 'm9', 'm10']);
  expect((await transcript.newest(100)).map(({ id }) => id)).toEqual(UNITED);
  for (const [at, id] of UNITED.entries()) {
    expect(await transcript.placeOf(id)).toBe(at);
    expect(await transcript.message(at)).toMatchObject({ id });
    expect(await transcript.raw(at)).toContain(`${id} in `);
  }
  transcript.close();
});

it('what a search finds in a second store is found in the transcript', async () => {
  const workspace = await fresh();
  const files = [...storeOf('a/opencode.db', MAIN).files(), ...storeOf('b/opencode.db', COPY).files()];
  const { hits } = await workspace.search.history({ text: 'm4' }, files);
  expect(hits.map(({ id }) => id)).toEqual(['m4']);
  const transcript = await opened(workspace, files);
  expect(await transcript.placeOf('m4')).toBe(3);
  transcript.close();
});

it('a store that is known to add nothing is not opened', async () => {
  const main = storeOf('a/opencode.db', { ...MAIN, m10: 10 });
  const older = storeOf('b/opencode.db', { m1: 1, m2: 2 });
  const files = [...main.files(), ...older.files()];
  const workspace = await fresh();
  expect(await workspace.import(files, { now: NOW })).toMatchObject({ ok: true });
  older.bytesRead = 0;
  const transcript = await opened(workspace, files);
  expect(await transcript.count()).toBe(5);
  transcript.close();
  expect(older.bytesRead).toBe(0);
});

/** A reader of messages that are held, which counts what is read. */
class HeldSession implements SessionReader {
  readonly problems: readonly Problem[] = [];
  readonly #held: readonly TranscriptMessage[];
  read = 0;

  constructor(times: readonly (readonly [id: string, time: number])[]) {
    const nothing = { role: 'user', agent: '', end: null, model: null, tokens: null, cost: null } as const;
    this.#held = times.map(([id, time]) => ({ id, time, reverted: false, parts: [], ...nothing }));
  }

  newest(count: number): Promise<readonly TranscriptMessage[]> {
    return Promise.resolve(this.#held.slice(-count));
  }

  ids(): Promise<readonly string[]> {
    return Promise.resolve(this.#held.map(({ id }) => id));
  }

  messages(from: number, to: number): Promise<readonly TranscriptMessage[]> {
    this.read += Math.min(to, this.#held.length) - from;
    return Promise.resolve(this.#held.slice(from, to));
  }

  raw(at: number): Promise<string> {
    return Promise.resolve(this.#held[at]?.id ?? '');
  }
}

it('each message of all stores is there once, by time, whatever each of them has', async () => {
  const never = new AbortController().signal;
  const some = fc.uniqueArray(fc.integer({ min: 0, max: 60 })).map((times) => times.toSorted((a, b) => a - b));
  await fc.assert(
    fc.asyncProperty(
      fc.array(some, { minLength: 2, maxLength: 3 }),
      fc.integer({ min: 1, max: 20 }),
      async (all, n) => {
        const readers = all.map((times) => new HeldSession(times.map((time) => [`m${time}`, time])));
        const [first, ...others] = readers;
        if (first === undefined) throw new Error('there are two');
        const united = unitedSession([first, ...others]);
        const expected = [...new Set(all.flat())].toSorted((a, b) => a - b).map((time) => `m${time}`);
        expect(await united.ids(never)).toEqual(expected);
        expect((await united.messages(0, expected.length, never)).map(({ id }) => id)).toEqual(expected);
        expect((await united.newest(n, never)).map(({ id }) => id)).toEqual(expected.slice(-n));
      },
    ),
  );
});

it('of a long session only what others may stand between is read to unite it', async () => {
  const never = new AbortController().signal;
  const long = new HeldSession(Array.from({ length: 50_000 }, (_, at) => [`m${at}`, at]));
  const other = new HeldSession([
    ['m10', 10],
    ['x1', 30_000.5],
    ['x2', 30_000.6],
    ['x3', 49_999.5],
  ]);
  const ids = await unitedSession([long, other]).ids(never);
  expect(ids.slice(30_000, 30_004)).toEqual(['m30000', 'x1', 'x2', 'm30001']);
  expect(ids.at(-1)).toBe('x3');
  expect(long.read).toBeLessThan(100);
  expect(other.read).toBe(3);
});
