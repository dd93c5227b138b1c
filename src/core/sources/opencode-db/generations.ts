/**
 * Which of the tables counts for which session. OpenCode 2 leaves the old tables as they were and copies what they hold
 * into its own, so that the same session stands in both; the programs before it kept a session in one of the two, but may
 * have put one message in both.
 */
import type { RowVisitor } from '../sqlite/row.ts';
import { SqlDamage } from '../sqlite/sql-engine.ts';
import { ProblemLog } from './problem-log.ts';
import { readRows } from './read-rows.ts';
import type { Store } from './store.ts';

/** Above this many sessions one question about all costs less than one about each. */
const MOST_ASKED = 50;

export interface Generations {
  /** Sessions of which `message` and `part` are not read: `session_v2` lists them and `session_message` has what was said. */
  readonly replaced: ReadonlySet<string>;
  /** Messages that are taken from `session_message` though `message` may have them too. */
  readonly doubled: ReadonlySet<string>;
  /** What to read in `message` and `part`. */
  readonly older: ReadonlySet<string> | 'all';
}

interface Found {
  readonly replaced: Set<string>;
  readonly doubled: Set<string>;
}

/** Looks where the wanted sessions have user and assistant rows. Costs nothing where only one generation has rows. */
export async function readGenerations(
  store: Store,
  wanted: ReadonlySet<string> | 'all',
  signal?: AbortSignal,
): Promise<Generations> {
  const found = { replaced: new Set<string>(), doubled: new Set<string>() };
  const { sessionMessage, message } = store;
  if (sessionMessage === null || message === null) return { ...found, older: wanted };
  try {
    if (!sessionMessage.indexOn.has('session_id')) await askRows(store, found, signal);
    else if (wanted === 'all' || wanted.size > MOST_ASKED) askIndex(store, found);
    else for (const id of wanted) askIndex(store, found, id);
    return { ...found, older: olderOf(store, wanted, found.replaced) };
  } catch (error) {
    if (!(error instanceof SqlDamage)) throw error;
    await askRows(store, found, signal);
    return { ...found, older: wanted === 'all' ? 'all' : without(wanted, found.replaced) };
  }
}

const SPOKEN = `type IN ('user', 'assistant')`;

function askIndex({ engine, session, sessionV2 }: Store, found: Found, id?: string): void {
  const [only, parameters] = id === undefined ? ['', []] : ['AND s.id = ?', [id]];
  if (sessionV2 !== null) {
    const spoke = `EXISTS (SELECT 1 FROM session_message WHERE session_id = s.id AND ${SPOKEN})`;
    const rows = engine.each(`SELECT s.id FROM session_v2 AS s WHERE ${spoke} ${only}`, parameters);
    for (const [replaced] of rows) found.replaced.add(String(replaced));
  }
  if (session === null) return;
  const listed = sessionV2 === null ? '' : 'AND NOT EXISTS (SELECT 1 FROM session_v2 WHERE id = s.id)';
  const rows = engine.each(
    `SELECT m.id FROM session AS s CROSS JOIN session_message AS m
      WHERE m.session_id = s.id AND m.${SPOKEN} ${listed} ${only}
        AND EXISTS (SELECT 1 FROM message WHERE session_id = s.id)`,
    parameters,
  );
  for (const [doubled] of rows) found.doubled.add(String(doubled));
}

/** The same by reading the rows, where there is no index or SQLite finds it damaged. What is damaged is told by the pass. */
async function askRows(store: Store, found: Found, signal: AbortSignal | undefined): Promise<void> {
  const { sessionV2, sessionMessage } = store;
  const options = { sessions: 'all', log: new ProblemLog('', () => undefined), signal } as const;
  const listed = new Set<string>();
  if (sessionV2 !== null) {
    const visit: RowVisitor = (row) => listed.add(row.text(0) ?? '').size > 0;
    await readRows(store, [{ table: sessionV2, columns: ['id'], atOnce: 1, visit, lost: 'session' }], options);
  }
  if (sessionMessage === null) return;
  const visit: RowVisitor = (row) => {
    const [id, sessionId, type] = [row.text(0), row.text(1), row.text(2)];
    if (id === null || sessionId === null || (type !== 'user' && type !== 'assistant')) return true;
    if (listed.has(sessionId)) found.replaced.add(sessionId);
    else found.doubled.add(id);
    return true;
  };
  const columns = ['id', 'session_id', 'type'];
  await readRows(store, [{ table: sessionMessage, columns, atOnce: columns.length, visit, lost: 'message' }], options);
}

/** Rows of a frozen table are often all replaced: then the sessions are named, so that they are found by index. */
function olderOf(
  { engine, session, sessionV2 }: Store,
  wanted: ReadonlySet<string> | 'all',
  replaced: ReadonlySet<string>,
): ReadonlySet<string> | 'all' {
  if (wanted !== 'all') return without(wanted, replaced);
  if (replaced.size === 0) return 'all';
  const tables = [session, sessionV2].filter((table) => table !== null);
  const ids = tables.flatMap(({ name }) => engine.all(`SELECT id FROM ${name}`).map(([id]) => String(id)));
  const rest = without(ids, replaced);
  return rest.size < replaced.size ? rest : 'all';
}

function without(ids: Iterable<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...ids].filter((id) => !others.has(id)));
}

/** Passes over the rows of `message` or `part` that do not count. `session_id` and the message's id must be at hand at once. */
export function olderVisitor(
  { replaced, doubled }: Generations,
  visit: RowVisitor,
  columns: readonly string[],
  idColumn: string,
): RowVisitor {
  if (replaced.size === 0 && doubled.size === 0) return visit;
  const session = columns.indexOf('session_id');
  const message = columns.indexOf(idColumn);
  return (row) => replaced.has(row.text(session) ?? '') || doubled.has(row.text(message) ?? '') || visit(row);
}
