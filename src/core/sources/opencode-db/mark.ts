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

function countOfMessages({ engine, message }: Store, sessionId: string): string {
  if (message === null) return '';
  return line(engine.all('SELECT count(*), max(rowid) FROM message WHERE session_id = ?', [sessionId])[0]);
}

/** Time of the message, and number and times of its parts, added up. */
function markOfMessage({ engine, message, part }: Store, messageId: string): string {
  const own = message === null ? [] : engine.all(`SELECT ${updated(message)} FROM message WHERE id = ?`, [messageId]);
  const parts =
    part === null
      ? []
      : engine.all(`SELECT count(*), sum(${updated(part)}) FROM part WHERE message_id = ?`, [messageId]);
  return `${line(own[0])}/${line(parts[0])}`;
}

function updated(table: TableSchema): string {
  return table.columns.includes('time_updated') ? 'time_updated' : '0';
}

function line(values: readonly SqlValue[] | undefined): string {
  return values?.map(String).join(':') ?? 'gone';
}
