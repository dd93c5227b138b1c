/** Damage of every kind to a small database: nothing hangs, nothing but a ProblemError is thrown, the rest is read. */
import type { Database, SqlJsStatic } from 'sql.js';
import { beforeAll, expect, test } from 'vitest';
import { ProblemError } from '../../model/problem.ts';
import type { Source } from '../source.ts';
import { FixtureFile, framesBetween, loadSqlJs, makeWal } from '../sqlite/fixture-files.ts';
import { SeededRandom } from './fixture-random.ts';
import { addRow, addSessionV2, NEWER_TABLES } from './fixture-newer.ts';
import {
  addMessage,
  addPart,
  addSession,
  bytesOf,
  INDICES,
  opencodeDatabase,
  Recorder,
  TABLES,
} from './fixture-store.ts';
import { openOpencodeDb } from './read.ts';

let sql: SqlJsStatic;
beforeAll(async () => {
  sql = await loadSqlJs();
});
const never = new AbortController().signal;
const ROUNDS = 150;

/** A store with texts and tool output of all sizes, some of it rewritten. */
function made(random: SeededRandom, pageSize: number, isUpgraded = false): Database {
  const db = opencodeDatabase(sql, { pageSize }, TABLES + INDICES + (isUpgraded ? NEWER_TABLES : ''));
  const long = (): string => 'ä'.repeat(random.int(0, 3)) + 'x'.repeat(random.int(0, random.chance(0.2) ? 9000 : 300));
  db.run('BEGIN');
  for (let s = 0; s < 6; s++) {
    addSession(db, `ses_${s}`);
    for (let m = 0; m < random.int(0, 25); m++) {
      const id = `msg_${s}_${m}`;
      addMessage(db, id, `ses_${s}`, m, { role: m % 3 ? 'assistant' : 'user', time: { created: m }, pad: long() });
      for (let p = 0; p < random.int(0, 4); p++) {
        const data = random.chance(0.5) ? { type: 'text', text: `t${long()}` } : { type: 'tool', state: long() };
        addPart(db, `prt_${s}_${m}_${p}`, id, `ses_${s}`, random.chance(0.9) ? data : { first: 1, ...data });
      }
    }
    if (random.chance(0.5))
      db.run(`DELETE FROM part WHERE rowid % 9 = 0; UPDATE part SET data = data WHERE rowid % 5 = 0`);
  }
  if (isUpgraded) addNewer(db, random, long);
  db.run('COMMIT');
  return db;
}

/** One session in the newer tables alone, one copied to them, one that one program kept in both, and rows of other kinds. */
function addNewer(db: Database, random: SeededRandom, long: () => string): void {
  for (const id of ['ses_9', 'ses_4']) addSessionV2(db, id);
  for (const s of [9, 4, 2]) {
    for (let m = 0; m < random.int(1, 25); m++) {
      const kind = random.chance(0.1) ? 'shell' : m % 3 ? 'assistant' : 'user';
      const id = `msg_${s}_${m}${random.chance(0.7) ? '' : 'n'}`;
      const tool = { type: 'tool', name: 'bash', state: long() };
      const content = random.chance(0.5) ? [tool, { type: 'text', text: `t${long()}` }] : [tool];
      addRow(db, id, `ses_${s}`, kind, 2 * m, kind === 'user' ? { text: `t${long()}` } : { agent: 'plan', content });
    }
  }
  addRow(db, 'msg_switch', 'ses_9', 'agent-switched', 99, { agent: 'plan' });
}

function open(bytes: Uint8Array, wal: Uint8Array | null = null): Promise<Source> {
  const log = wal === null ? null : new FixtureFile('opencode.db-wal', wal);
  return openOpencodeDb(new FixtureFile('opencode.db', bytes), log, { loadSqlJs });
}

/** All a source gives, in an order that does not depend on how it was read; null when it refused. */
async function everything(bytes: Uint8Array, wal: Uint8Array | null = null): Promise<Recorder | null> {
  try {
    const source = await open(bytes, wal);
    const recorder = new Recorder();
    await source.sessions(never);
    await source.read('all', recorder, never);
    const some = new Recorder();
    await source.read(new Set(['ses_1', 'ses_4', 'ses_9']), some, never);
    await source.messages('ses_2', never);
    await source.mark('ses_2', ['msg_2_1']);
    recorder.problems.push(...source.problems);
    source.close();
    recorder.heads.sort((a, b) => (a.id < b.id ? -1 : 1));
    recorder.pieces.sort((a, b) => (a.partId < b.partId ? -1 : 1));
    return recorder;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** What SQLite reads of the whole file, or null when it finds it damaged. */
function bySqlite(bytes: Uint8Array): { messages: unknown[]; texts: unknown[] } | null {
  const copy = bytes.slice();
  copy[18] = 1;
  copy[19] = 1;
  const db = new sql.Database(copy);
  const column = (query: string): unknown[] => db.exec(query)[0]?.values.map(([value]) => value) ?? [];
  try {
    if (column('PRAGMA integrity_check')[0] !== 'ok') return null;
    const isText = `json_valid(data) AND json_extract(data, '$.type') = 'text' AND message_id NOT NULL
      AND json_type(data, '$.text') = 'text' AND trim(json_extract(data, '$.text')) <> ''`;
    const isTimed = `json_valid(data) AND typeof(time_created) = 'integer' AND time_created >= 0`;
    const isMessage = `${isTimed} AND json_extract(data, '$.role') IN ('user', 'assistant')`;
    const hasNewer = column(`SELECT name FROM sqlite_schema WHERE name = 'session_v2'`).length > 0;
    const older = (id: string): string => (hasNewer ? notReplaced(id) : '1');
    const newer = (query: string): string => (hasNewer ? `UNION ALL ${query}` : '');
    return {
      messages: column(`SELECT id FROM message WHERE ${isMessage} AND ${older('id')}
        ${newer(`SELECT id FROM session_message WHERE ${SAID} AND ${isTimed}`)} ORDER BY 1`),
      texts: column(`SELECT id FROM part WHERE ${isText} AND ${older('message_id')}
        ${newer(`SELECT id FROM session_message WHERE ${SAID} AND ${isTimed} AND ${HAS_TEXT}`)} ORDER BY 1`),
    };
  } catch {
    return null;
  } finally {
    db.close();
  }
}

const SAID = `type IN ('user', 'assistant')`;
const HAS_TEXT = `CASE type WHEN 'user' THEN json_type(data, '$.text') = 'text' AND trim(json_extract(data, '$.text')) <> ''
  ELSE EXISTS (SELECT 1 FROM json_each(data, '$.content') AS c WHERE json_extract(c.value, '$.type') = 'text'
    AND json_type(c.value, '$.text') = 'text' AND trim(json_extract(c.value, '$.text')) <> '') END`;

function notReplaced(idColumn: string): string {
  return `session_id NOT IN (SELECT s.id FROM session_v2 AS s JOIN session_message AS m ON m.session_id = s.id WHERE ${SAID})
    AND ${idColumn} NOT IN (SELECT m.id FROM session AS s JOIN session_message AS m ON m.session_id = s.id
      WHERE ${SAID} AND s.id NOT IN (SELECT id FROM session_v2))`;
}

function flip(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const damaged = bytes.slice();
  for (let i = 0; i < random.int(1, 4); i++) damaged[random.int(100, damaged.length - 1)] = random.int(0, 255);
  return damaged;
}

test.each([
  [512, true],
  [1024, false],
  [4096, true],
])('flipped bytes, pages of %i, upgraded: %s', async (pageSize, isUpgraded) => {
  const random = new SeededRandom(`flip ${pageSize}`);
  const bytes = bytesOf(made(random, pageSize, isUpgraded));
  let compared = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const damaged = flip(bytes, random);
    const own = await everything(damaged);
    const expected = bySqlite(damaged);
    // the name of a column may be what was hit
    if (expected === null || own === null || own.problems.some(({ code }) => code === 'unsupported-file')) continue;
    compared++;
    expect(own.heads.map((head) => head.id)).toEqual(expected.messages);
    expect(own.pieces.map((piece) => piece.partId)).toEqual(expected.texts);
  }
  expect(compared).toBeGreaterThan(ROUNDS / 10);
});

test.each([
  [512, false],
  [1024, true],
  [4096, true],
])('pages of noise, zeroes, other pages, and ends cut off, pages of %i, upgraded: %s', async (pageSize, isUpgraded) => {
  const random = new SeededRandom(`page ${pageSize}`);
  const bytes = bytesOf(made(random, pageSize, isUpgraded));
  const db = new sql.Database(bytes.with(18, 1).with(19, 1));
  const tables = isUpgraded ? ['message', 'session_message'] : ['message'];
  const known = new Set(tables.flatMap((table) => db.exec(`SELECT id FROM ${table}`)[0]?.values.flat() ?? []));
  const pages = bytes.length / pageSize;
  for (let round = 0; round < ROUNDS; round++) {
    const damaged = bytes.slice(0, random.chance(0.1) ? random.int(0, bytes.length) : bytes.length);
    for (let i = 0; i < random.int(1, 3); i++) {
      const at = random.int(1, pages - 1) * pageSize;
      const kind = random.int(0, 2);
      const source = random.int(0, pages - 1) * pageSize;
      if (at + pageSize > damaged.length) continue;
      if (kind === 0) damaged.fill(0, at, at + pageSize);
      if (kind === 1) for (let b = 0; b < pageSize; b++) damaged[at + b] = random.int(0, 255);
      if (kind === 2) damaged.copyWithin(at, source, source + pageSize);
    }
    const own = await everything(damaged);
    for (const head of own?.heads ?? []) expect(known.has(head.id)).toBe(true);
  }
});

test('logs with flipped bytes give some state that was once committed', async () => {
  const random = new SeededRandom('wal');
  const db = made(random, 1024);
  const before = bytesOf(db);
  addSession(db, 'ses_new');
  for (let i = 0; i < 40; i++) addMessage(db, `msg_new_${i}`, 'ses_new', i, { role: 'user' });
  const wal = makeWal(framesBetween(before, bytesOf(db), 1024), { pageSize: 1024 });
  const counts = new Set<number>();
  for (let round = 0; round < ROUNDS; round++) {
    const damaged = wal.slice(0, random.chance(0.2) ? random.int(0, wal.length) : wal.length);
    for (let i = 0; i < random.int(0, 2); i++) damaged[random.int(0, damaged.length - 1)] = random.int(0, 255);
    counts.add((await everything(before, damaged))?.heads.length ?? -1);
  }
  const old = (await everything(before))?.heads.length ?? 0;
  expect([...counts].toSorted((a, b) => a - b)).toEqual([old, old + 40]);
});
