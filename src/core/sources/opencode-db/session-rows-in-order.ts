/** Which rows are the messages of one session, and in which order. Read by index; no body is touched. */
import type { SqlValue } from 'sql.js';
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

/** Rows asked for at once where all are wanted. */
const AT_A_TIME = 2_000;

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
  const newer = tables.newer ? newerRows(store, sessionId).next(count) : [];
  const older = tables.older && newer.length < count ? olderRows(store, sessionId).next(count) : [];
  return inOrder(older, newer).slice(-count);
}

/** All of them. Others have their turn in between. */
export async function allRows(
  store: Store,
  sessionId: string,
  tables: Tables,
  signal: AbortSignal,
): Promise<RowPlace[]> {
  const newer = tables.newer ? await drained(newerRows(store, sessionId), signal) : [];
  const older = tables.older ? await drained(olderRows(store, sessionId), signal) : [];
  return inOrder(older, newer);
}

async function drained(walk: Walk, signal: AbortSignal): Promise<RowPlace[]> {
  const all: RowPlace[] = [];
  for (;;) {
    const some = walk.next(AT_A_TIME);
    all.push(...some);
    if (some.length < AT_A_TIME) return all;
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
    signal.throwIfAborted();
  }
}

export function compareRows(a: RowPlace, b: RowPlace): number {
  return a.seq - b.seq || a.time - b.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** A message may be in both tables: then the newer counts. */
function inOrder(older: readonly RowPlace[], newer: readonly RowPlace[]): RowPlace[] {
  const doubled = new Set(newer.map(({ id }) => id));
  return [...older.filter(({ id }) => !doubled.has(id)), ...newer].sort(compareRows);
}

function olderRows({ engine, message }: Store, sessionId: string): Walk {
  const { name, columns } = message ?? NONE;
  const time = columns.includes('time_created') ? 'time_created' : '0';
  return walkBack(engine, name, 'time_created', [time], sessionId, ([id, created]) => ({
    id: String(id),
    isNewer: false,
    seq: -1,
    time: timeOf(created) ?? 0,
  }));
}

function newerRows({ engine, sessionMessage }: Store, sessionId: string): Walk {
  const { name, columns } = sessionMessage ?? NONE;
  const time = columns.includes('time_created') ? 'time_created' : '0';
  const hasSeq = columns.includes('seq');
  const order = hasSeq ? 'seq' : 'time_created';
  return walkBack(engine, name, order, [time, hasSeq ? 'seq' : 'NULL'], sessionId, ([id, created, place]) => {
    const made = timeOf(created) ?? 0;
    return { id: String(id), isNewer: true, seq: typeof place === 'number' ? place : made, time: made };
  });
}

const NONE: Pick<TableSchema, 'name' | 'columns'> = { name: '', columns: [] };

/** Gives rows from the last to the first, some at a time. */
interface Walk {
  next(count: number): RowPlace[];
}

/**
 * By that column where an index has the rows of a session in its order; else as they were written, which any index has.
 * Names come from this program, never from the file.
 */
function walkBack(
  engine: SqlEngine,
  table: string,
  order: string,
  columns: readonly string[],
  sessionId: string,
  placeOf: (values: readonly SqlValue[]) => RowPlace,
): Walk {
  const isIndexed = hasIndex(engine, table, order);
  const [key, sorted] = isIndexed ? [`${order}, id`, `${order} DESC, id DESC`] : ['rowid', 'rowid DESC'];
  const width = isIndexed ? 2 : 1;
  let last: readonly SqlValue[] | null = null;
  return {
    next(count) {
      const before = last === null ? '' : ` AND (${key}) < (${last.map(() => '?').join(', ')})`;
      const sql = `SELECT ${key}, id, ${columns.join(', ')} FROM ${table} WHERE session_id = ?${before}
        ORDER BY ${sorted} LIMIT ${count}`;
      const rows = engine.all(sql, [sessionId, ...(last ?? [])]);
      last = rows.at(-1)?.slice(0, width) ?? last;
      return rows.map((row) => placeOf(row.slice(width)));
    },
  };
}

function hasIndex(engine: SqlEngine, table: string, column: string): boolean {
  const found = engine.all(
    `SELECT 1 FROM pragma_index_list(?) AS l
      WHERE EXISTS (SELECT 1 FROM pragma_index_xinfo(l.name) WHERE seqno = 0 AND name = 'session_id')
        AND EXISTS (SELECT 1 FROM pragma_index_xinfo(l.name) WHERE seqno = 1 AND name = ?)`,
    [table, column],
  );
  return found.length > 0;
}
