import initSqlJs, { type SqlJsStatic } from 'sql.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { FixtureReader } from './fixture-reader.ts';
import { makeSample, sampleSessions } from './sample.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const DAY = 86_400_000;

describe('the sample', () => {
  let SQL: SqlJsStatic;
  beforeAll(async () => {
    SQL = await initSqlJs();
  });

  test('is the same bytes for the same clock', () => {
    const first = makeSample(SQL, NOW);
    const second = makeSample(SQL, NOW);
    expect(Buffer.from(first.db).equals(second.db)).toBe(true);
    expect(Buffer.from(first.wal).equals(second.wal)).toBe(true);
  });

  test('stays small', () => {
    const { db, wal } = makeSample(SQL, NOW);
    expect(db.length).toBeLessThanOrEqual(400_000);
    expect(db.length + wal.length).toBeLessThanOrEqual(500_000);
  });

  test('holds every conversation word for word, the newest only in the log', () => {
    const { db, wal } = makeSample(SQL, NOW);
    const alone = new FixtureReader(SQL, db, null);
    const whole = new FixtureReader(SQL, db, wal);
    expect(whole.integrity()).toBe('ok');
    const texts = whole.texts();
    for (const session of sampleSessions()) for (const turn of session.turns) expect(texts).toContain(turn.text);
    expect(alone.titles()).not.toContain('Rehearsal notes');
    expect(whole.titles()).toContain('Rehearsal notes');
  });

  test('ends before now, with something in the last two weeks and something three months ago', () => {
    const { db, wal } = makeSample(SQL, NOW);
    const times = new FixtureReader(SQL, db, wal).numbers('SELECT time_updated FROM session ORDER BY 1');
    expect(times.at(-1)).toBeLessThan(NOW);
    expect(times.filter((time) => time > NOW - 14 * DAY).length).toBeGreaterThan(5);
    expect(times[0]).toBeLessThan(NOW - 80 * DAY);
  });

  test('has three agents to become personas', () => {
    const { db, wal } = makeSample(SQL, NOW);
    const agents = new FixtureReader(SQL, db, wal).strings(
      `SELECT DISTINCT json_extract(m.data, '$.agent') FROM message m JOIN session s ON s.id = m.session_id
        WHERE s.parent_id IS NULL ORDER BY 1`,
    );
    expect(agents).toEqual(['build', 'plan', 'reviewer']);
  });
});
