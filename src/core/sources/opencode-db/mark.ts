import type { SqlValue } from 'sql.js';
import type { TableSchema } from '../sqlite/schema.ts';
import { SqlDamage } from '../sqlite/sql-engine.ts';
import type { Store } from './store.ts';

/**
 * A short text that changes whenever a message is added to the session, or one of the named messages or its parts is
 * written. Goes by the indices on session and message.
 */
export async function readMark(store: Store, sessionId: string, messageIds: readonly string[]): Promise<string> {
  try {
    const named = messageIds.toSorted().map((id) => markOfMessage(store, id));
    return [countOfMessages(store, sessionId), ...named].join(' ');
  } catch (error) {
    if (!(error instanceof SqlDamage)) throw error;
    // what can't be asked counts as changed whenever the file does
    return `unreadable ${store.files.fingerprint}`;
  }
}

/** Rows of OpenCode 2 are rewritten while an answer grows; of a session, its last ones. */
const LAST_ROWS = 64;

function countOfMessages({ engine, message, sessionMessage }: Store, sessionId: string): string {
  const counts: string[] = [];
  if (message !== null)
    counts.push(line(engine.all('SELECT count(*), max(rowid) FROM message WHERE session_id = ?', [sessionId])[0]));
  if (sessionMessage !== null) {
    const order = sessionMessage.columns.includes('seq') ? 'seq' : 'rowid';
    const [all] = engine.all(`SELECT count(*), max(${order}) FROM session_message WHERE session_id = ?`, [sessionId]);
    const last = `SELECT ${updated(sessionMessage)} AS time FROM session_message WHERE session_id = ? ORDER BY ${order}`;
    const [times] = engine.all(`SELECT sum(time) FROM (${last} DESC LIMIT ${LAST_ROWS})`, [sessionId]);
    counts.push(line(all), line(times));
  }
  return counts.join(' ');
}

/** Time of the message, and number and times of its parts, added up; in OpenCode 2 its row is all there is. */
function markOfMessage({ engine, message, part, sessionMessage }: Store, messageId: string): string {
  const ask = (columns: string, table: string, key: string): string =>
    line(engine.all(`SELECT ${columns} FROM ${table} WHERE ${key} = ?`, [messageId])[0]);
  const own = message === null ? line(undefined) : ask(updated(message), 'message', 'id');
  const parts = part === null ? line(undefined) : ask(`count(*), sum(${updated(part)})`, 'part', 'message_id');
  const newer = sessionMessage === null ? '' : `/${ask(updated(sessionMessage), 'session_message', 'id')}`;
  return `${own}/${parts}${newer}`;
}

function updated(table: TableSchema): string {
  return table.columns.includes('time_updated') ? 'time_updated' : '0';
}

function line(values: readonly SqlValue[] | undefined): string {
  return values?.map(String).join(':') ?? 'gone';
}
