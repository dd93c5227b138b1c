import type { Problem } from '../../model/problem.ts';
import type { SessionHead } from '../source.ts';
import { SqlDamage } from '../sqlite/sql-engine.ts';
import { ProblemLog } from './problem-log.ts';
import { readRows } from './read-rows.ts';
import { revertedMessage, SESSION_COLUMNS, sessionVisitor } from './session-rows.ts';
import { readBySql } from './sql-rows.ts';
import type { Store } from './store.ts';

/** The session list, by SQLite; where that finds damage by our own scan, which leaves out only what is damaged. */
export async function listSessions(
  store: Store,
  file: string,
  signal: AbortSignal,
): Promise<{ heads: SessionHead[]; problems: Problem[] }> {
  try {
    return await list(store, file, signal, 'sql');
  } catch (error) {
    if (!(error instanceof SqlDamage)) throw error;
    return list(store, file, signal, 'scan');
  }
}

/** The message from which on the session was taken back, or null. */
export async function revertedFrom(store: Store, sessionId: string, signal: AbortSignal): Promise<string | null> {
  const { session, engine } = store;
  if (session?.columns.includes('revert') !== true) return null;
  try {
    const revert = engine.all('SELECT revert FROM session WHERE id = ?', [sessionId])[0]?.[0];
    return typeof revert === 'string' ? revertedMessage(revert) : null;
  } catch (error) {
    if (!(error instanceof SqlDamage)) throw error;
    const { heads } = await listSessions(store, '', signal);
    return heads.find((head) => head.id === sessionId)?.revertedFrom ?? null;
  }
}

async function list(
  store: Store,
  file: string,
  signal: AbortSignal,
  how: 'sql' | 'scan',
): Promise<{ heads: SessionHead[]; problems: Problem[] }> {
  const { session, engine } = store;
  const heads: SessionHead[] = [];
  const problems: Problem[] = [];
  if (session === null) return { heads, problems };
  const log = new ProblemLog(file, (found) => problems.push(found));
  const visit = sessionVisitor(log, (head) => heads.push(head));
  if (how === 'sql') {
    const tooLarge = (id: string): void => log.skipped('damaged-row', id, `Session ${id} is too large.`, 'session');
    const read = { table: 'session', has: session.columns, columns: SESSION_COLUMNS, sessionId: null, visit, tooLarge };
    await readBySql(engine, read, signal);
  } else {
    const rows = { table: session, columns: SESSION_COLUMNS, atOnce: 0, visit, lost: 'session' as const };
    await readRows(store, [rows], { sessions: 'all', log, signal });
  }
  log.finish();
  return { heads, problems };
}
