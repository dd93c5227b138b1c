/**
 * Which of the tables counts for which session. OpenCode 2 leaves the old tables as they were and copies what they hold
 * into its own, so that the same session stands in both; the programs before it kept a session in one of the two, but may
 * have put one message in both.
 */
import type { RowVisitor } from '../sqlite/row.ts';
import { SqlDamage } from '../sqlite/sql-engine.ts';
import { ProblemLog } from '../problem-log.ts';
import { readRows } from './read-rows.ts';
import type { Store } from './store.ts';

/** Above this many sessions one question about all costs less than one about each. */
const MOST_ASKED = 50;

export interface Generations {
  /** Sessions that `session_v2` lists: `message` and `part` count for them only when nothing was said in `session_message`. */
  readonly moved: ReadonlySet<string>;
  /** Messages of other sessions that are taken from `session_message`, though `message` may have them too. */
  readonly doubled: ReadonlySet<string>;
  /** Whose rows to look for in `message` and `part`: those that have not moved. */
  readonly older: ReadonlySet<string> | 'all';
}

/** Asks for the wanted sessions. Costs nothing where only one generation has rows. */
export async function readGenerations(
  store: Store,
  wanted: ReadonlySet<string> | 'all',
  signal?: AbortSignal,
): Promise<Generations> {
  if (store.sessionMessage === null || store.message === null) {
    return { moved: new Set(), doubled: new Set(), older: wanted };
  }
  try {
    const moved = askMoved(store, wanted);
    const canAsk = store.sessionMessage.indexOn.has('session_id') && store.message.indexOn.has('session_id');
    const doubled = canAsk ? askDoubled(store, wanted) : await readDoubled(store, moved, signal);
    return { moved, doubled, older: olderOf(store, wanted, moved) };
  } catch (error) {
    if (!(error instanceof SqlDamage)) throw error;
    const moved = await readMoved(store, signal);
    const doubled = await readDoubled(store, moved, signal);
    return { moved, doubled, older: wanted === 'all' ? 'all' : without(wanted, moved) };
  }
}

/** The answers to a question about each of the wanted sessions, or about all. `only` is the condition that names one. */
function ask({ engine }: Store, wanted: ReadonlySet<string> | 'all', only: string, sql: string): Set<string> {
  const found = new Set<string>();
  const questions = wanted === 'all' || wanted.size > MOST_ASKED ? [[]] : [...wanted].map((id) => [id]);
  for (const id of questions) {
    const rows = engine.each(id.length === 0 ? sql : `${sql} AND ${only} = ?`, id);
    for (const [answer] of rows) found.add(String(answer));
  }
  return found;
}

function askMoved(store: Store, wanted: ReadonlySet<string> | 'all'): Set<string> {
  return store.sessionV2 === null ? new Set() : ask(store, wanted, 'id', 'SELECT id FROM session_v2 WHERE true');
}

function askDoubled(store: Store, wanted: ReadonlySet<string> | 'all'): Set<string> {
  const { session, sessionV2 } = store;
  if (session === null) return new Set();
  // what costs least and leaves out most comes first: SQLite keeps the order
  const conditions = [
    ...(sessionV2 === null ? [] : ['NOT EXISTS (SELECT 1 FROM session_v2 WHERE id = s.id)']),
    'EXISTS (SELECT 1 FROM message WHERE session_id = s.id)',
    `m.session_id = s.id AND m.type IN ('user', 'assistant')`,
  ];
  const tables = 'session AS s CROSS JOIN session_message AS m';
  return ask(store, wanted, 's.id', `SELECT m.id FROM ${tables} WHERE ${conditions.join(' AND ')}`);
}

/** Rows of a frozen table have often all moved: then the few sessions that have not are named, to be found by index. */
function olderOf(
  { engine, session }: Store,
  wanted: ReadonlySet<string> | 'all',
  moved: ReadonlySet<string>,
): ReadonlySet<string> | 'all' {
  if (wanted !== 'all') return without(wanted, moved);
  if (moved.size === 0) return 'all';
  const ids = session === null ? [] : engine.all('SELECT id FROM session').map(([id]) => String(id));
  const rest = without(ids, moved);
  return rest.size < moved.size ? rest : 'all';
}

/** The same by reading the rows, where SQLite finds damage. What is damaged is told by the pass that follows. */
async function readMoved(store: Store, signal: AbortSignal | undefined): Promise<Set<string>> {
  const moved = new Set<string>();
  if (store.sessionV2 === null) return moved;
  const visit: RowVisitor = (row) => moved.add(row.text(0) ?? '').size > 0;
  const rows = { table: store.sessionV2, columns: ['id'], atOnce: 1, visit, lost: 'session' } as const;
  await readRows(store, [rows], { sessions: 'all', log: silentLog(), signal });
  return moved;
}

/** Ids of all messages that may be doubled, by reading the rows: also where there is no index to ask. */
async function readDoubled(
  store: Store,
  moved: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const doubled = new Set<string>();
  if (store.sessionMessage === null) return doubled;
  const visit: RowVisitor = (row) => {
    const [id, sessionId, type] = [row.text(0), row.text(1), row.text(2)];
    const isMessage = type === 'user' || type === 'assistant';
    if (id !== null && isMessage && !moved.has(sessionId ?? '')) doubled.add(id);
    return true;
  };
  const columns = ['id', 'session_id', 'type'];
  const rows = { table: store.sessionMessage, columns, atOnce: columns.length, visit, lost: 'message' } as const;
  await readRows(store, [rows], { sessions: 'all', log: silentLog(), signal });
  return doubled;
}

function silentLog(): ProblemLog {
  return new ProblemLog('', () => undefined);
}

function without(ids: Iterable<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...ids].filter((id) => !others.has(id)));
}

/** Passes over the rows of `message` or `part` that do not count. `session_id` and the message's id must be at hand at once. */
export function olderVisitor(
  { moved, doubled }: Generations,
  visit: RowVisitor,
  columns: readonly string[],
  idColumn: string,
): RowVisitor {
  if (moved.size === 0 && doubled.size === 0) return visit;
  const session = columns.indexOf('session_id');
  const message = columns.indexOf(idColumn);
  return (row) => moved.has(row.text(session) ?? '') || doubled.has(row.text(message) ?? '') || visit(row);
}
