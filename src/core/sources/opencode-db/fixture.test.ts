import initSqlJs, { type SqlJsStatic } from 'sql.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { FixtureHistory } from './fixture-history.ts';
import { DAY_MS, RECENT_DAYS } from './fixture-plan.ts';
import { FixtureReader } from './fixture-reader.ts';
import { type FixtureSize, fixtureSpec } from './fixture-specs.ts';
import { MemoryStorage } from './fixture-storage.ts';
import { writeOpencodeDb } from './fixture.ts';

function makeM(SQL: SqlJsStatic) {
  const { history: spec, options } = fixtureSpec('M');
  const history = new FixtureHistory(spec);
  const files = { main: new MemoryStorage(), wal: new MemoryStorage() };
  const report = writeOpencodeDb(SQL, history.steps(), files, options);
  return { spec, report, truth: history.truth, db: files.main.bytes(), wal: files.wal.bytes() };
}

describe('the fixture of size M', () => {
  let SQL: SqlJsStatic;
  let made: ReturnType<typeof makeM>;
  let reader: FixtureReader;
  beforeAll(async () => {
    SQL = await initSqlJs();
    made = makeM(SQL);
    reader = new FixtureReader(SQL, made.db, made.wal);
  });

  test('is the same bytes every time', () => {
    const again = makeM(SQL);
    expect(Buffer.from(again.db).equals(made.db)).toBe(true);
    expect(Buffer.from(again.wal).equals(made.wal)).toBe(true);
  });

  test('is a whole database with and without its log, and says WAL', () => {
    expect(reader.integrity()).toBe('ok');
    expect(new FixtureReader(SQL, made.db, null).integrity()).toBe('ok');
    expect(reader.rows('PRAGMA foreign_key_check')).toEqual([]);
    expect([...made.db.subarray(16, 20)]).toEqual([0x10, 0, 2, 2]);
  });

  test('has rows that only the log knows, a stale tail, and nothing that was not committed', () => {
    const alone = new FixtureReader(SQL, made.db, null);
    const count = 'SELECT count(*) FROM message';
    expect(reader.numbers(count)[0]).toBe(made.spec.messages);
    expect(alone.numbers(count)[0]).toBe(made.spec.messages - 24);
    expect(made.wal.length).toBeGreaterThan(32 + (made.report.frames + 1) * 4120);
    expect(reader.numbers(`SELECT count(*) FROM session WHERE title = 'UNCOMMITTED'`)[0]).toBe(0);
  });

  test('counts what its spec says', () => {
    const since = made.spec.now - RECENT_DAYS * DAY_MS;
    const { sessions, recentSessions, messages, recentMessages } = made.spec;
    expect(reader.numbers('SELECT count(*) FROM session')).toEqual([sessions]);
    expect(reader.numbers(`SELECT count(*) FROM session WHERE time_updated >= ${since}`)).toEqual([recentSessions]);
    expect(reader.numbers('SELECT count(*) FROM message')).toEqual([messages]);
    expect(reader.numbers(`SELECT count(*) FROM message WHERE time_created >= ${since}`)).toEqual([recentMessages]);
    expect(reader.numbers('SELECT max(time_updated) FROM part')[0]).toBeLessThanOrEqual(made.spec.now);
  });

  test('knows the truth of every session', () => {
    for (const [id, truth] of made.truth.sessions) expect(reader.session(id)).toEqual(truth);
    expect(reader.strings('SELECT id FROM session').sort()).toEqual([...made.truth.sessions.keys()].sort());
  });

  test.each([
    `session WHERE parent_id IS NOT NULL`,
    `session WHERE title LIKE '% (fork #1)' AND parent_id IS NULL`,
    `session WHERE time_archived IS NOT NULL`,
    `session WHERE revert IS NOT NULL`,
    `session s WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.session_id = s.id)`,
    `message WHERE json_extract(data, '$.summary') = 1 AND json_extract(data, '$.agent') = 'compaction'`,
    `message WHERE json_extract(data, '$.summary.diffs[0].before') IS NOT NULL`,
    `message WHERE json_extract(data, '$.role') = 'assistant' AND json_extract(data, '$.time.completed') IS NULL`,
    `message WHERE json_extract(data, '$.agent') IS NULL`,
    `message WHERE json_extract(data, '$.agent') = 'Reviewer'`,
    `part WHERE data NOT LIKE '{"type":%' AND json_extract(data, '$.type') = 'text'`,
    `part WHERE json_extract(data, '$.synthetic') = 1`,
    `part WHERE json_extract(data, '$.ignored') = 1`,
    `part WHERE json_extract(data, '$.text') = ''`,
    `part WHERE json_extract(data, '$.state.metadata.sessionId') IN (SELECT id FROM session)`,
    `part WHERE length(data) > 5000 AND json_extract(data, '$.type') = 'tool'`,
    `event WHERE type = 'message.part.updated.1'`,
    `part WHERE json_extract(data, '$.type') = 'reasoning'`,
    `part WHERE json_extract(data, '$.type') = 'file'`,
    `part WHERE json_extract(data, '$.type') = 'compaction'`,
    `part WHERE json_extract(data, '$.type') = 'patch'`,
    `part WHERE json_extract(data, '$.type') = 'step-finish'`,
  ])('holds what breaks readers: %s', (what) => {
    expect(reader.numbers(`SELECT count(*) FROM ${what}`)[0]).toBeGreaterThan(0);
  });
});

describe('a fixture size', () => {
  test.each<FixtureSize>(['S', 'L', 'XL'])('%s can be planned', (size) => {
    const { history } = fixtureSpec(size);
    expect(() => new FixtureHistory(history)).not.toThrow();
  });
});
