/** Stores that genuine OpenCode programs wrote, against what an independent reader found in them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Source, SourceMessage } from '../source.ts';
import { FixtureFile, loadSqlJs } from '../sqlite/fixture-files.ts';
import { Recorder } from './fixture-store.ts';
import { openOpencodeDb } from './read.ts';
import { toTranscript } from './transcript.ts';

const CORPUS = join(import.meta.dirname, '../../../../../shared/corpus/opencode');
const STORES = [
  'sqlite-1.2.1',
  'sqlite-1.2.27',
  'sqlite-1.14.48',
  'sqlite-1.18.34',
  'sqlite-upgraded-chain',
  'sqlite-migrated-from-json-1.2.27',
  'sqlite-v2-sessions-1.18.34',
  'sqlite-2.0-reconstructed-upgraded',
];
const SPLIT_STORES = STORES.slice(0, 5);
const never = new AbortController().signal;

const Oracle = v.object({
  databases: v.array(
    v.object({ tables: v.record(v.string(), v.object({ with_wal: v.number(), without_wal: v.number() })) }),
  ),
  totals: v.object({ tool_parts: v.number() }),
  sessions: v.array(
    v.object({
      id: v.string(),
      parent_id: v.nullable(v.string()),
      title: v.nullable(v.string()),
      source: v.string(),
      directory: v.string(),
      time_created: v.number(),
      time_updated: v.number(),
      archived: v.nullable(v.number()),
      messages: v.array(
        v.object({
          id: v.string(),
          role: v.string(),
          agent: v.nullable(v.string()),
          time_created: v.number(),
          text: v.string(),
          summary: v.optional(v.boolean(), false),
        }),
      ),
      other_rows: v.optional(v.array(v.object({ time_created: v.number() })), []),
    }),
  ),
});
type Oracle = v.InferOutput<typeof Oracle>;

interface CorpusStore {
  readonly oracle: Oracle;
  readonly open: (withWal?: boolean, folderSeen?: boolean) => Promise<Source>;
}

function load(store: string): CorpusStore {
  const bytes = (name: string): Uint8Array => new Uint8Array(readFileSync(join(CORPUS, store, name)));
  return {
    oracle: v.parse(Oracle, JSON.parse(new TextDecoder().decode(bytes('oracle.json')))),
    open: (withWal = true, folderSeen = true) => {
      const hasWal = withWal && existsSync(join(CORPUS, store, 'opencode.db-wal'));
      const wal = hasWal ? new FixtureFile('opencode.db-wal', bytes('opencode.db-wal')) : null;
      return openOpencodeDb(new FixtureFile('opencode.db', bytes('opencode.db'), folderSeen), wal, { loadSqlJs });
    },
  };
}

type OracleSession = Oracle['sessions'][number];

/** User rows of OpenCode 2 name no agent: there the oracle has nothing to compare with. */
function expected(session: OracleSession): unknown {
  const isNewer = session.source !== 'session';
  return session.messages.map((message) => ({
    id: message.id,
    role: message.role,
    agent: isNewer && message.role === 'user' ? message.agent : (message.agent ?? 'build').toLowerCase(),
    time: message.time_created,
    text: message.text,
    summary: message.summary,
  }));
}

function plain(session: OracleSession, messages: readonly SourceMessage[]): unknown {
  const silent = new Set(session.source === 'session' ? [] : session.messages.filter((one) => one.agent === null));
  const ids = new Set([...silent].map((one) => one.id));
  return messages.map(({ id, role, agent, time, text, summary }) => {
    return { id, role, agent: role === 'user' && ids.has(id) ? null : agent, time, text, summary };
  });
}

/** 1.18 does not touch the session when a row is added to `session_message`. */
function lastUpdate(session: OracleSession): number {
  if (session.source !== 'session_message') return session.time_updated;
  const rows = [...session.messages, ...session.other_rows];
  return Math.max(session.time_updated, ...rows.map((row) => row.time_created));
}

/** Transcripts of what a bulk pass gave, by session. */
function transcripts({ heads, pieces }: Recorder): Map<string, SourceMessage[]> {
  const ids = new Set(heads.map((head) => head.sessionId));
  const of = (id: string): SourceMessage[] =>
    toTranscript(
      heads.filter((head) => head.sessionId === id),
      pieces.filter((piece) => piece.sessionId === id),
      null,
    );
  return new Map([...ids].map((id) => [id, of(id)]));
}

const present = existsSync(CORPUS);
if (!present) console.warn(`The corpus is not at ${CORPUS}: reading genuine stores is NOT TESTED.`);

describe.skipIf(!present).each(STORES)('%s', (store) => {
  test('lists every session with what the oracle says of it', async () => {
    const { oracle, open } = load(store);
    const source = await open();
    const { heads, problems } = await source.sessions(never);
    expect([source.problems, problems]).toEqual([[], []]);
    expect(heads.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((head) => ({ ...head, revertedFrom: null }))).toEqual(
      oracle.sessions
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map((session) => ({
          id: session.id,
          parentId: session.parent_id,
          title: session.title ?? '',
          directory: session.directory,
          timeCreated: session.time_created,
          timeUpdated: lastUpdate(session),
          archived: session.archived !== null,
          revertedFrom: null,
        })),
    );
  });

  test('gives the messages of each session, in order, with their texts', async () => {
    const { oracle, open } = load(store);
    const source = await open();
    for (const session of oracle.sessions) {
      const { messages, problems } = await source.messages(session.id, never);
      expect(problems).toEqual([]);
      expect(plain(session, messages)).toEqual(expected(session));
    }
  });

  test('one pass over everything gives the same', async () => {
    const { oracle, open } = load(store);
    const recorder = new Recorder();
    await (await open()).read('all', recorder, never);
    expect(recorder.problems).toEqual([]);
    const found = transcripts(recorder);
    for (const session of oracle.sessions)
      expect(plain(session, found.get(session.id) ?? [])).toEqual(expected(session));
    expect(recorder.calls.length).toBe(oracle.totals.tool_parts);
    expect(recorder.done).toBe(recorder.total);
  });

  test('a pass over some sessions gives those and no others', async () => {
    const { oracle, open } = load(store);
    const some = oracle.sessions.filter((_, i) => i % 3 === 0);
    const recorder = new Recorder();
    await (await open()).read(new Set([...some.map((session) => session.id), 'ses_none']), recorder, never);
    const found = transcripts(recorder);
    for (const session of some) expect(plain(session, found.get(session.id) ?? [])).toEqual(expected(session));
    expect(found.size).toBe(some.filter((session) => session.messages.length > 0).length);
  });
});

describe.skipIf(!present)('without its -wal', () => {
  test.each(SPLIT_STORES)('%s gives what the main file holds, and says that more may be missing', async (store) => {
    const { oracle, open } = load(store);
    const tables = oracle.databases[0]?.tables ?? {};
    const source = await open(false, false);
    expect(source.problems.map((found) => found.code)).toEqual(['wal-missing']);
    const recorder = new Recorder();
    await source.read('all', recorder, never);
    const { heads } = await source.sessions(never);
    expect([heads.length, recorder.heads.length]).toEqual([
      tables['session']?.without_wal,
      tables['message']?.without_wal,
    ]);
    expect((await open(false, true)).problems).toEqual([]);
  });

  test('a store that has all its rows there is refused', async () => {
    const opening = load('sqlite-migrated-from-json-1.2.27').open(false);
    await expect(opening).rejects.toMatchObject({ problem: { code: 'wal-missing', severity: 'error' } });
  });
});

describe.skipIf(!present)('OpenCode 2', () => {
  test('each prompt has the agent that the frozen tables still name', async () => {
    const bytes = new Uint8Array(readFileSync(join(CORPUS, 'sqlite-2.0-reconstructed-upgraded', 'opencode.db')));
    const sql = await loadSqlJs();
    const copy = new sql.Database(bytes.with(18, 1).with(19, 1));
    const named = new Map(
      copy.exec(`SELECT id, json_extract(data, '$.agent') FROM message`)[0]?.values.map(([id, agent]) => [id, agent]),
    );
    const recorder = new Recorder();
    const source = await openOpencodeDb(new FixtureFile('opencode.db', bytes), null, { loadSqlJs });
    await source.read('all', recorder, never);
    const prompts = recorder.heads.filter((head) => head.role === 'user' && head.seq !== undefined);
    expect(prompts.length).toBe(41);
    for (const head of prompts) expect([head.id, head.agent]).toEqual([head.id, named.get(head.id)]);
  });

  test('time and number of rows disagree in a session of 1.18, and the number counts', async () => {
    const { messages } = await (
      await load('sqlite-v2-sessions-1.18.34').open()
    ).messages('ses_e5ea2b9f9ffebIfdKD6rg4zOcc', never);
    expect(messages.map((message) => message.seq)).toEqual([2, 3, 10, 12, 18, 19]);
    const times = messages.map((message) => message.time);
    expect(times).not.toEqual(times.toSorted((a, b) => a - b));
  });
});
