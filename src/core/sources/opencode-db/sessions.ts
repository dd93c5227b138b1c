import type { Problem } from '../../model/problem.ts';
import { timeOf } from '../opencode-shared/message-rules.ts';
import type { SessionHead } from '../source.ts';
import type { RowVisitor } from '../sqlite/row.ts';
import type { TableSchema } from '../sqlite/schema.ts';
import { SqlDamage } from '../sqlite/sql-engine.ts';
import { ProblemLog } from '../problem-log.ts';
import { readRows } from './read-rows.ts';
import { revertedMessage, SESSION_COLUMNS, SESSION_ID, sessionVisitor } from './session-rows.ts';
import type { Store } from './store.ts';

/**
 * The session list. Its rows stand far apart in a large file: our own scan has several of their pages on the way at a time and
 * leaves out only what is damaged. A table it does not understand goes through SQLite.
 */
export async function listSessions(
  store: Store,
  file: string,
  signal: AbortSignal,
): Promise<{ heads: SessionHead[]; problems: Problem[] }> {
  const heads = new Map<string, SessionHead>();
  const problems: Problem[] = [];
  const log = new ProblemLog(file, (found) => problems.push(found));
  for (const table of sessionTables(store)) {
    const listed = new Set(heads.keys());
    const visitNew = sessionVisitor(log, (head) => heads.set(head.id, head));
    const visit: RowVisitor = (row) => listed.has(row.text(SESSION_ID) ?? '') || visitNew(row);
    const rows = { table, columns: SESSION_COLUMNS, atOnce: 1, visit, lost: 'session' as const };
    await readRows(store, [rows], { sessions: 'all', log, way: 'scattered', signal });
  }
  for (const [id, time] of lastSaid(store)) touch(heads, id, time);
  log.finish();
  return { heads: [...heads.values()], problems };
}

/** The message from which on the session was taken back, or null. */
export async function revertedFrom(store: Store, sessionId: string, signal: AbortSignal): Promise<string | null> {
  try {
    for (const { name, columns } of sessionTables(store)) {
      const revert = columns.includes('revert') ? 'revert' : 'NULL';
      const [row] = store.engine.all(`SELECT ${revert} FROM ${name} WHERE id = ?`, [sessionId]);
      if (row !== undefined) return typeof row[0] === 'string' ? revertedMessage(row[0]) : null;
    }
    return null;
  } catch (error) {
    if (!(error instanceof SqlDamage)) throw error;
    const { heads } = await listSessions(store, '', signal);
    return heads.find((head) => head.id === sessionId)?.revertedFrom ?? null;
  }
}

/** The newest first: a session that is in both is as it says there. */
function sessionTables({ session, sessionV2 }: Store): TableSchema[] {
  return [sessionV2, session].filter((table) => table !== null);
}

/**
 * Of sessions in `session` that have what was said in `session_message`: when the last row was made. The program that
 * writes them, 1.18, leaves their `time_updated` as it was when a message is added.
 */
function lastSaid({ engine, session, sessionV2, sessionMessage }: Store): [string, number][] {
  if (session === null || sessionMessage?.indexOn.has('session_id') !== true) return [];
  if (!sessionMessage.columns.includes('time_created')) return [];
  const others = sessionV2 === null ? '' : 'NOT EXISTS (SELECT 1 FROM session_v2 WHERE id = s.id) AND';
  const rows = unlessDamaged(() =>
    engine.all(
      `SELECT s.id, (SELECT max(time_created) FROM session_message WHERE session_id = s.id) FROM session AS s
      WHERE ${others} EXISTS (SELECT 1 FROM session_message WHERE session_id = s.id AND type IN ('user', 'assistant'))`,
    ),
  );
  return rows.map(([id, time]) => [String(id), timeOf(time) ?? 0]);
}

function touch(heads: Map<string, SessionHead>, id: string, time: number): void {
  const head = heads.get(id);
  if (head !== undefined && head.timeUpdated < time) heads.set(id, { ...head, timeUpdated: time });
}

/** What is damaged there tells nothing, and shows when the messages are read. */
function unlessDamaged<T>(ask: () => T[]): T[] {
  try {
    return ask();
  } catch (error) {
    if (error instanceof SqlDamage) return [];
    throw error;
  }
}
