/** Which rows are the messages of one session, and in which order. Read by index; no body is touched. */
import { timeOf } from '../opencode-shared/message-rules.ts';
import type { TableSchema } from '../sqlite/schema.ts';
import type { SqlEngine } from '../sqlite/sql-engine.ts';
import type { Store } from './store.ts';

/** Where a message stands. */
export interface RowPlace {
  readonly id: string;
  readonly isNewer: boolean;
  /** Its place in `session_message`; those of `message` come before all of them. */
  readonly seq: number;
  readonly time: number;
}

/** Which tables hold the session. */
export interface Tables {
  readonly older: boolean;
  readonly newer: boolean;
}

const SAID = `type IN ('user', 'assistant')`;

/** Null: no table of this database has the session. */
export function tablesOf(store: Store, sessionId: string): Tables | null {
  const { engine, message, session, sessionMessage, sessionV2 } = store;
  const has = (table: TableSchema | null, column: string, and = ''): boolean =>
    table !== null &&
    engine.all(`SELECT 1 FROM ${table.name} WHERE ${column} = ?${and} LIMIT 1`, [sessionId]).length > 0;
  const isMoved = has(sessionV2, 'id');
  if (!isMoved && !has(session, 'id')) return null;
  const isSaid = has(sessionMessage, 'session_id', ` AND ${SAID}`);
  return { older: !(isMoved && isSaid) && has(message, 'session_id'), newer: isSaid };
}

/** The last rows, oldest first. By an index that has the order; where the table has none, those written last. */
export function lastRows(store: Store, sessionId: string, tables: Tables, count: number): RowPlace[] {
  const newer = tables.newer ? newerRows(store, sessionId, count) : [];
  const older = tables.older && newer.length < count ? olderRows(store, sessionId, count) : [];
  return inOrder(older, newer).slice(-count);
}

export function allRows(store: Store, sessionId: string, tables: Tables): RowPlace[] {
  const newer = tables.newer ? newerRows(store, sessionId, null) : [];
  const older = tables.older ? olderRows(store, sessionId, null) : [];
  return inOrder(older, newer);
}

export function compareRows(a: RowPlace, b: RowPlace): number {
  return a.seq - b.seq || a.time - b.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** A message may be in both tables: then the newer counts. */
function inOrder(older: readonly RowPlace[], newer: readonly RowPlace[]): RowPlace[] {
  const doubled = new Set(newer.map(({ id }) => id));
  return [...older.filter(({ id }) => !doubled.has(id)), ...newer].sort(compareRows);
}

function olderRows({ engine, message }: Store, sessionId: string, count: number | null): RowPlace[] {
  if (message === null) return [];
  const { name, columns } = message;
  const time = columns.includes('time_created') ? 'time_created' : '0';
  const end = count === null ? '' : `${newestFirst(engine, name, 'time_created')} LIMIT ${count}`;
  const rows = engine.all(`SELECT id, ${time} FROM ${name} WHERE session_id = ?${end}`, [sessionId]);
  return rows.map(([id, created]) => ({ id: String(id), isNewer: false, seq: -1, time: timeOf(created) ?? 0 }));
}

function newerRows({ engine, sessionMessage }: Store, sessionId: string, count: number | null): RowPlace[] {
  if (sessionMessage === null) return [];
  const { name, columns } = sessionMessage;
  const time = columns.includes('time_created') ? 'time_created' : '0';
  const seq = columns.includes('seq') ? 'seq' : 'NULL';
  const end = count === null ? '' : `${newestFirst(engine, name, seq === 'seq' ? seq : 'time_created')} LIMIT ${count}`;
  const rows = engine.all(`SELECT id, ${time}, ${seq} FROM ${name} WHERE session_id = ?${end}`, [sessionId]);
  return rows.map(([id, created, place]) => {
    const made = timeOf(created) ?? 0;
    return { id: String(id), isNewer: true, seq: typeof place === 'number' ? place : made, time: made };
  });
}

/** By that column where an index has the rows of a session in its order; else as they were written, which any index has. */
function newestFirst(engine: SqlEngine, table: string, column: string): string {
  const found = engine.all(
    `SELECT 1 FROM pragma_index_list(?) AS l
      WHERE EXISTS (SELECT 1 FROM pragma_index_xinfo(l.name) WHERE seqno = 0 AND name = 'session_id')
        AND EXISTS (SELECT 1 FROM pragma_index_xinfo(l.name) WHERE seqno = 1 AND name = ?)`,
    [table, column],
  );
  return ` ORDER BY ${found.length > 0 ? `${column} DESC, id` : 'rowid'} DESC`;
}
