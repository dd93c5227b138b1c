import type { Database, SqlJsStatic } from 'sql.js';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../model/problem.ts';
import { ProblemError } from '../../model/problem.ts';
import type { ByteSource, SourceFile } from '../byte-source.ts';
import { SourceChanged } from '../byte-source.ts';
import type { Source } from '../source.ts';
import { emptyDatabase, FixtureFile, framesBetween, loadSqlJs, makeWal } from '../sqlite/fixture-files.ts';
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
const user = { role: 'user', agent: 'build', time: { created: 1 } };
const done = { role: 'assistant', mode: 'Plan ', time: { created: 2, completed: 3 } };

function open(db: Uint8Array, wal: Uint8Array | null = null, folderSeen = true): Promise<Source> {
  const log = wal === null ? null : new FixtureFile('opencode.db-wal', wal);
  return openOpencodeDb(new FixtureFile('opencode.db', db, folderSeen), log, { loadSqlJs });
}

async function refusal(opening: Promise<Source>): Promise<Pick<Problem, 'code' | 'severity' | 'file' | 'message'>> {
  try {
    await opening;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, severity, file, message } = error.problem;
    return { code, severity, file, message };
  }
  throw new Error('it was opened');
}

async function readAll(source: Source, wanted: ReadonlySet<string> | 'all' = 'all'): Promise<Recorder> {
  const recorder = new Recorder();
  await source.read(wanted, recorder, never);
  return recorder;
}

function conversation(schema = TABLES + INDICES): Database {
  const db = opencodeDatabase(sql, {}, schema);
  addSession(db, 'ses_1', { revert: JSON.stringify({ messageID: 'msg_3' }) });
  addSession(db, 'ses_2', { parent: 'ses_1' });
  addMessage(db, 'msg_2', 'ses_1', 20, done);
  addMessage(db, 'msg_1', 'ses_1', 10, user);
  addMessage(db, 'msg_3', 'ses_1', 30, { ...done, time: {}, agent: 'Explore', summary: true });
  addMessage(db, 'msg_9', 'ses_2', 15, user);
  addPart(db, 'prt_2', 'msg_1', 'ses_1', { type: 'text', text: 'second' });
  addPart(db, 'prt_1', 'msg_1', 'ses_1', { text: 'first', type: 'text' });
  addPart(db, 'prt_3', 'msg_1', 'ses_1', { type: 'text', text: 'hidden', synthetic: true });
  addPart(db, 'prt_4', 'msg_1', 'ses_1', { type: 'text', text: 'hidden', ignored: true });
  addPart(db, 'prt_5', 'msg_1', 'ses_1', { type: 'text', text: ' \n' });
  addPart(db, 'prt_6', 'msg_2', 'ses_1', { type: 'tool', tool: 'bash', state: { output: 'x'.repeat(50_000) } }, 21);
  addPart(db, 'prt_7', 'msg_2', 'ses_1', { tool: 'bash', state: {}, type: 'tool' }, 22);
  addPart(db, 'prt_8', 'msg_2', 'ses_1', { type: 'text', text: ` long ${'ü'.repeat(30_000)}` });
  addPart(db, 'prt_9', 'msg_9', 'ses_2', { type: 'text', text: 'other' });
  return db;
}

describe('what is not readable is refused with what to do', () => {
  test('an empty file', async () => {
    expect(await refusal(open(new Uint8Array(0)))).toEqual({
      code: 'empty-file',
      severity: 'error',
      file: 'made/opencode.db',
      message: 'opencode.db is empty, and no usable opencode.db-wal was given with it. Choose both files together.',
    });
  });

  test('a text, a zip, random bytes', async () => {
    const text = new TextEncoder().encode('{"a": 1}'.repeat(4096));
    const random = Uint8Array.from({ length: 65_536 }, () => Math.floor(Math.random() * 256));
    const zip = random.slice();
    zip.set([0x50, 0x4b, 3, 4]);
    expect((await refusal(open(text))).code).toBe('not-a-database');
    expect((await refusal(open(random))).code).toBe('encrypted');
    expect((await refusal(open(random.subarray(0, 65_000)))).code).toBe('not-a-database');
    expect((await refusal(open(zip))).message).toBe('opencode.db is a zip archive. Choose opencode.db itself.');
  });

  test('a file that is cut off', async () => {
    const bytes = bytesOf(conversation());
    const { code, message } = await refusal(open(bytes.subarray(0, bytes.length - 5000)));
    expect(code).toBe('truncated');
    expect(message).toContain(`it should have ${bytes.length.toLocaleString('en')} bytes`);
  });

  test('a damaged header, a damaged list of tables', async () => {
    const header = bytesOf(conversation());
    header[16] = 3;
    expect((await refusal(open(header))).code).toBe('not-a-database');
    const schema = bytesOf(conversation());
    schema.fill(255, 100, 200);
    expect((await refusal(open(schema))).code).toBe('file-unreadable');
  });

  test('whatever stands in the header, it is read or refused, and it is not our fault', async () => {
    const whole = bytesOf(conversation());
    const faults = new Set<string>();
    for (let at = 16; at < 100; at++) {
      for (const value of [0, 1, 2, 5, 0x7f, 0xff]) {
        try {
          const source = await open(whole.with(at, value));
          await readAll(source);
          source.close();
        } catch (error) {
          if (!(error instanceof ProblemError)) faults.add(`byte ${at} = ${value}: ${String(error)}`);
          else if (error.problem.code === 'internal') faults.add(`byte ${at} = ${value}: ${error.message}`);
        }
      }
    }
    expect([...faults]).toEqual([]);
  });

  test('a database of another program', async () => {
    const db = emptyDatabase(sql);
    db.run('CREATE TABLE moz_places (id); CREATE TABLE moz_hosts (id); CREATE TABLE session (sid, sess)');
    expect(await refusal(open(db.export()))).toMatchObject({
      code: 'other-program',
      message:
        'opencode.db belongs to another program: its tables are moz_places, moz_hosts, session. Choose opencode.db.',
    });
    expect((await refusal(open(emptyDatabase(sql).export()))).code).toBe('other-program');
  });

  test('tables of OpenCode without sessions', async () => {
    const db = conversation();
    db.run('DROP TABLE session');
    expect((await refusal(open(bytesOf(db)))).code).toBe('no-session-table');
  });

  test('a main file whose rows are all still in the -wal', async () => {
    const bytes = bytesOf(emptyDatabase(sql));
    expect(await refusal(open(bytes))).toMatchObject({ code: 'wal-missing', severity: 'error' });
    expect((await refusal(open(bytes, new Uint8Array(0)))).code).toBe('wal-missing');
    expect((await refusal(open(bytes, new Uint8Array(64)))).code).toBe('wal-unusable');
  });
});

describe('the -wal', () => {
  test('supplies everything when the main file is empty or has one page', async () => {
    const after = bytesOf(conversation());
    for (const before of [new Uint8Array(0), bytesOf(emptyDatabase(sql))]) {
      const wal = makeWal(framesBetween(before, after));
      const { heads, pieces, problems } = await readAll(await open(before, wal));
      expect([heads.length, pieces.length, problems]).toEqual([4, 4, []]);
    }
  });

  test('of another page size is left out, with a warning', async () => {
    const source = await open(bytesOf(conversation()), makeWal([], { pageSize: 1024 }));
    expect(source.problems).toMatchObject([
      { code: 'wal-unusable', severity: 'warning', file: 'made/opencode.db-wal' },
    ]);
    expect((await readAll(source)).heads.length).toBe(4);
  });

  test('is asked for when it is missing, unless it truly does not exist', async () => {
    const bytes = bytesOf(conversation());
    expect((await open(bytes, null, false)).problems).toMatchObject([{ code: 'wal-missing', severity: 'warning' }]);
    expect((await open(bytes, null, true)).problems).toEqual([]);
    expect((await open(bytes, new Uint8Array(0), false)).problems).toEqual([]);
  });
});

describe('messages', () => {
  test('have role, agent, time, state and text by the rules of the format', async () => {
    const { messages, problems } = await (await open(bytesOf(conversation()))).messages('ses_1', never);
    expect(problems).toEqual([]);
    expect(messages.map(({ text, ...rest }) => ({ ...rest, text: text.slice(0, 14) }))).toEqual([
      message('msg_1', { role: 'user', time: 10, updated: 10, text: 'first\n\nsecond' }),
      message('msg_2', { agent: 'plan', time: 20, updated: 20, end: 20, text: ' long üüüüüüüü' }),
      message('msg_3', { agent: 'explore', time: 30, updated: 30, summary: true, finished: false, reverted: true }),
    ]);
    expect(messages[1]?.text.length).toBe(30_006);
  });

  test('tool calls come with their time, whatever key their data begins with', async () => {
    const { calls } = await readAll(await open(bytesOf(conversation())));
    expect(calls.toSorted((a, b) => a.time - b.time)).toEqual([
      { messageId: 'msg_2', sessionId: 'ses_1', time: 21 },
      { messageId: 'msg_2', sessionId: 'ses_1', time: 22 },
    ]);
  });

  test('are the same without indices, by our own scan and by SQLite', async () => {
    const plain = await open(bytesOf(conversation()));
    const noIndex = await open(bytesOf(conversation(TABLES)));
    const withoutRowid = TABLES.replaceAll('data text NOT NULL)', 'data text NOT NULL) WITHOUT ROWID');
    const bySqlite = await open(bytesOf(conversation(withoutRowid + INDICES)));
    for (const other of [noIndex, bySqlite]) {
      for (const id of ['ses_1', 'ses_2', 'none']) {
        expect(await other.messages(id, never)).toEqual(await plain.messages(id, never));
      }
      const all = await readAll(other);
      expect([all.heads.length, all.pieces.length, all.calls.length, all.problems]).toEqual([4, 4, 2, []]);
    }
  });

  test('of a database in UTF-16 are read by SQLite', async () => {
    const db = new sql.Database();
    db.run(`PRAGMA encoding = 'UTF-16'; ${TABLES} ${INDICES}`);
    addSession(db, 'ses_1');
    addMessage(db, 'msg_1', 'ses_1', 1, user);
    addPart(db, 'prt_1', 'msg_1', 'ses_1', { type: 'text', text: 'grüß dich' });
    const { messages, problems } = await (await open(bytesOf(db))).messages('ses_1', never);
    expect([messages.map((one) => one.text), problems]).toEqual([['grüß dich'], []]);
  });

  test('a row of more than 64 MB is told, not loaded', async () => {
    const db = conversation();
    db.run(`INSERT INTO part SELECT 'prt_huge', 'msg_1', 'ses_1', 1, 1,
      '{"type":"text","text":"' || printf('%.*c', 68000000, 'x') || '"}'`);
    const { pieces, problems } = await readAll(await open(bytesOf(db)));
    expect(pieces.length).toBe(4);
    expect(problems).toMatchObject([{ code: 'damaged-row', severity: 'skipped', lost: 'part' }]);
    expect(problems[0]?.message).toContain('larger than 64 MB');
  });

  test('a table whose columns stand in another order is read by their names', async () => {
    const db = opencodeDatabase(
      sql,
      {},
      TABLES.replace('(id text PRIMARY KEY, message_id', '(extra, id text PRIMARY KEY, message_id'),
    );
    addSession(db, 'ses_1');
    addMessage(db, 'msg_1', 'ses_1', 1, user);
    db.run(`INSERT INTO part (id, message_id, session_id, time_created, time_updated, data)
      VALUES ('prt_1', 'msg_1', 'ses_1', 1, 1, '{"type":"text","text":"here"}')`);
    db.run('ALTER TABLE part ADD COLUMN later DEFAULT 5; ALTER TABLE message ADD COLUMN later');
    const { messages } = await (await open(bytesOf(db))).messages('ses_1', never);
    expect(messages.map((one) => one.text)).toEqual(['here']);
  });
});

function message(id: string, values: object): object {
  const usual = { role: 'assistant', agent: 'build', summary: false, finished: true, text: '', reverted: false };
  return { id, sessionId: 'ses_1', ...usual, ...values };
}

describe('one bad row is told and the rest goes on', () => {
  test('in messages and parts', async () => {
    const db = conversation();
    addMessage(db, 'msg_bad', 'ses_1', 40, '{"role":"user",');
    addMessage(db, 'msg_role', 'ses_1', 41, { role: 'robot' });
    addPart(db, 'prt_bad', 'msg_1', 'ses_1', '{"type":"text","text":"cut');
    for (const wanted of ['all', new Set(['ses_1'])] as const) {
      const { heads, problems } = await readAll(await open(bytesOf(db)), wanted);
      expect(heads.length).toBe(wanted === 'all' ? 4 : 3);
      const told = problems.map(({ code, severity, row, lost }) => [code, severity, row, lost].join(' '));
      expect(new Set(told)).toEqual(
        new Set([
          'bad-json skipped msg_bad message',
          'bad-json skipped prt_bad part',
          'damaged-row skipped msg_role message',
        ]),
      );
    }
  });

  test('many of a kind are told one by one, and very many as a number', async () => {
    const db = conversation();
    for (let i = 0; i < 1234; i++) addMessage(db, `msg_bad${i}`, 'ses_1', 40, 'no json');
    const { problems } = await readAll(await open(bytesOf(db)));
    expect(problems.length).toBe(1_001);
    expect(problems[999]).toMatchObject({ row: 'msg_bad999', lost: 'message' });
    expect(problems.at(-1)).toMatchObject({ message: 'And 234 more like these.', count: 234, lost: 'message' });
  });

  test('in sessions', async () => {
    const db = conversation();
    db.run(`INSERT INTO session VALUES ('', 'p', NULL, '/', 't', NULL, NULL, 1, 1, NULL)`);
    db.run(`INSERT INTO session VALUES ('ses_odd', 'p', NULL, '/', 't', NULL, '{bad', 'soon', -5, NULL)`);
    const { heads, problems } = await (await open(bytesOf(db))).sessions(never);
    expect(heads.map((head) => head.id)).toEqual(['ses_1', 'ses_2', 'ses_odd']);
    expect(problems.map(({ severity, lost, row }) => [severity, lost, row])).toEqual([
      ['skipped', 'session', '3'],
      ['warning', undefined, 'ses_odd'],
    ]);
  });
});

describe('a mark', () => {
  test('changes with a new message, a written message and a written part of those named, and with nothing else', async () => {
    const db = conversation();
    const mark = async (): Promise<string> => {
      const source = await open(bytesOf(db));
      const one = await source.mark('ses_1', ['msg_3', 'msg_2']);
      const asked = new Map([
        ['ses_1', ['msg_3', 'msg_2', 'gone']],
        ['ses_2', []],
        ['ses_none', []],
      ]);
      for (const [id, marked] of (await source.marks?.(asked)) ?? [])
        expect(marked).toBe(await source.mark(id, asked.get(id) ?? []));
      return one;
    };
    const first = await mark();
    addMessage(db, 'msg_10', 'ses_2', 50, user);
    db.run(`UPDATE part SET time_updated = 99 WHERE id = 'prt_1'; UPDATE session SET title = 'new'`);
    expect(await mark()).toBe(first);
    const seen = new Set([first]);
    for (const change of [
      `UPDATE part SET time_updated = 99 WHERE id = 'prt_6'`,
      `UPDATE message SET time_updated = 99 WHERE id = 'msg_3'`,
      `INSERT INTO part VALUES ('prt_99', 'msg_3', 'ses_1', 1, 1, '{}')`,
      `INSERT INTO message VALUES ('msg_99', 'ses_1', 1, 1, '{}')`,
      `DELETE FROM message WHERE id = 'msg_2'`,
    ]) {
      db.run(change);
      seen.add(await mark());
    }
    expect(seen.size).toBe(6);
  });
});

/** A file that changes while it is read, the first times it is opened. */
class ChangingFile implements SourceFile {
  readonly name = 'opencode.db';
  readonly path = 'made/opencode.db';
  readonly folderSeen = true;
  readonly size: number;
  opened = 0;
  readonly #bytes: Uint8Array;
  readonly #changes: number;
  readonly #after: number;

  constructor(bytes: Uint8Array, changes: number, after: number) {
    this.#bytes = bytes;
    this.#changes = changes;
    this.#after = after;
    this.size = bytes.length;
  }

  async open(): Promise<ByteSource> {
    const source = await new FixtureFile(this.name, this.#bytes).open();
    if (++this.opened > this.#changes) return source;
    let left = this.#after;
    const read = (offset: number, length: number): Uint8Array => {
      if (left-- <= 0) throw new SourceChanged('opencode.db');
      return source.readSync(offset, length);
    };
    return {
      ...source,
      size: this.size,
      modified: 0,
      bytesRead: 0,
      readSync: read,
      read: async (a, b) => read(a, b),
      close: () => undefined,
    };
  }
}

describe('a file that changes while it is read', () => {
  test.each([0, 1, 2, 3, 4, 5, 6])('is opened again and read from the start (after %i reads)', async (after) => {
    const file = new ChangingFile(bytesOf(conversation()), 2, after);
    const source = await openOpencodeDb(file, null, { loadSqlJs });
    const recorder = new Recorder();
    await source.read('all', recorder, never);
    expect([recorder.heads.length, recorder.pieces.length, recorder.calls.length]).toEqual([4, 4, 2]);
    expect((await source.sessions(never)).heads.length).toBe(2);
  });

  test.each([0, 3, 5])('and does not rest is given up (after %i reads)', async (after) => {
    const file = new ChangingFile(bytesOf(conversation()), 99, after);
    const reading = async (): Promise<void> => {
      const source = await openOpencodeDb(file, null, { loadSqlJs });
      for (let i = 0; i < 9; i++) await source.read('all', new Recorder(), never);
    };
    await expect(reading()).rejects.toMatchObject({ problem: { code: 'file-changed', severity: 'error' } });
  });
});

test('the fingerprint is the same for the same file and another after a write', async () => {
  const db = conversation();
  const first = (await open(bytesOf(db))).fingerprint;
  expect((await open(bytesOf(db))).fingerprint).toBe(first);
  const wal = makeWal(framesBetween(bytesOf(db), bytesOf(conversation())), { salt: 1 });
  expect((await open(bytesOf(db), wal)).fingerprint).not.toBe(first);
  const written = bytesOf(db);
  written[27] = 200;
  expect((await open(written)).fingerprint).not.toBe(first);
});

test('an aborted pass ends', async () => {
  const source = await open(bytesOf(conversation()));
  await expect(source.read('all', new Recorder(), AbortSignal.abort())).rejects.toThrow('aborted');
});

describe('a source that is closed', () => {
  test('says what was read of it, and reads no more', async () => {
    const source = await open(bytesOf(conversation()));
    await readAll(source);
    const { bytesRead, sizeBytes, fingerprint, problems } = source;
    source.close();
    source.close();
    expect(source).toMatchObject({ bytesRead, sizeBytes, fingerprint, problems });
    expect(bytesRead).toBeGreaterThan(0);
    await expect(source.sessions(never)).rejects.toThrow('is closed');
  });
});

describe('work', () => {
  test('the session list and one transcript read little of a large file', async () => {
    const db = opencodeDatabase(sql);
    db.run('BEGIN');
    for (let s = 0; s < 60; s++) {
      addSession(db, `ses_${s}`);
      for (let m = 0; m < 10; m++) {
        addMessage(db, `msg_${s}_${m}`, `ses_${s}`, m, done);
        addPart(db, `prt_${s}_${m}_a`, `msg_${s}_${m}`, `ses_${s}`, { type: 'text', text: 'hello' });
        addPart(db, `prt_${s}_${m}_b`, `msg_${s}_${m}`, `ses_${s}`, {
          type: 'tool',
          state: { output: 'y'.repeat(60_000) },
        });
      }
    }
    db.run('COMMIT');
    const bytes = bytesOf(db);
    const source = await open(bytes);
    await source.sessions(never);
    expect(source.bytesRead).toBeLessThan(bytes.length / 10);
    const before = source.bytesRead;
    const { messages } = await source.messages('ses_30', never);
    expect(messages.length).toBe(10);
    expect(source.bytesRead - before).toBeLessThan(bytes.length / 10);
    const all = source.bytesRead;
    await readAll(source);
    expect(source.bytesRead - all).toBeLessThan(bytes.length * 1.1);
  });

  test('long runs of other tables are not read', async () => {
    const db = opencodeDatabase(sql);
    db.run('CREATE TABLE event (id text, data text)');
    for (let s = 0; s < 4; s++) {
      addSession(db, `ses_${s}`);
      for (let m = 0; m < 50; m++) addMessage(db, `msg_${s}_${m}`, `ses_${s}`, m, done);
      db.run('INSERT INTO event VALUES (?, ?)', [`evt_${s}`, 'e'.repeat(4_000_000)]);
    }
    const source = await open(bytesOf(db));
    const before = source.bytesRead;
    expect((await readAll(source)).heads.length).toBe(200);
    expect(source.bytesRead - before).toBeLessThan(1_500_000);
  });

  test('only rows of the wanted sessions are looked at', async () => {
    const source = await open(bytesOf(conversation()));
    expect((await readAll(source, new Set(['ses_2']))).heads.map((head) => head.id)).toEqual(['msg_9']);
    const before = source.bytesRead;
    expect((await readAll(source, new Set())).heads).toEqual([]);
    expect(source.bytesRead).toBe(before);
  });
});
