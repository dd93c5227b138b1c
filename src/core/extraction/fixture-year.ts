/** The histories of the year in a life: what a first installation finds, and what was added seven weeks later. */
import type { SqlJsStatic } from 'sql.js';
import { FixtureStore } from '../fixture-store.ts';
import { DAY_MS } from '../model/constants.ts';

export const JANUARY = Date.UTC(2026, 0, 1, 12);
export const FEBRUARY = Date.UTC(2026, 1, 19, 12);

/** Three sessions: s-a of two agents, s-b a month old, s-c of this week. */
export function firstYear(SQL: SqlJsStatic): FixtureStore {
  const db = new FixtureStore(SQL);
  const day = (month: number, date: number): number => Date.UTC(2025, month, date);
  db.session('s-a', day(10, 3));
  fill(db, 's-a', day(10, 3), day(10, 4), 60);
  db.session('s-b', day(11, 2));
  fill(db, 's-b', day(11, 2), day(11, 6), 300);
  db.session('s-c', JANUARY - 4 * DAY_MS);
  fill(db, 's-c', JANUARY - 4 * DAY_MS, JANUARY - DAY_MS, 250);
  return db;
}

/** Two new sessions, and s-b goes on with 12 messages. */
export function later(db: FixtureStore): void {
  db.session('s-d', FEBRUARY - 20 * DAY_MS);
  fill(db, 's-d', FEBRUARY - 20 * DAY_MS, FEBRUARY - 19 * DAY_MS, 40);
  db.session('s-e', FEBRUARY - 2 * DAY_MS);
  fill(db, 's-e', FEBRUARY - 2 * DAY_MS, FEBRUARY - DAY_MS, 30);
  fill(db, 's-b', FEBRUARY - 3 * DAY_MS, FEBRUARY - 2 * DAY_MS, 12, 300);
}

function fill(db: FixtureStore, session: string, from: number, until: number, count: number, first = 0): void {
  const step = (until - from) / count;
  for (let at = 0; at < count; at++) {
    const id = `${session}-${String(first + at).padStart(3, '0')}`;
    const time = Math.round(from + at * step);
    const agent = session === 's-a' && at % 3 === 0 ? 'plan' : 'build';
    const role = at % 2 === 0 ? 'user' : 'assistant';
    db.message({ id, session, time, role, agent, text: `I prefer ${id} over others.` });
  }
}
