import type { Problem } from '../../model/problem.ts';
import { problem } from '../../model/problem.ts';
import type { SourceFile } from '../byte-source.ts';
import { readTable } from '../sqlite/schema.ts';
import type { SqlEngine } from '../sqlite/sql-engine.ts';

/**
 * Sessions that only the tables of OpenCode 2 hold, `session_v2` and `session_message`. They are not read yet: one warning
 * says how many there are. Reading them will take the place of this file.
 */
export function newerSessions(engine: SqlEngine, db: SourceFile): Problem[] {
  const count = countNewer(engine);
  if (count === 0) return [];
  const sessions = count === 1 ? '1 session was' : `${count.toLocaleString('en')} sessions were`;
  const text = `${sessions} written in the format of OpenCode 2, which this version does not read yet.`;
  return [problem('newer-format', 'warning', db.path, text)];
}

/** Sessions that have no message of the old kind and either rows of the new kind, or no row in the old session list. */
function countNewer(engine: SqlEngine): number {
  const has = (table: string, ...columns: string[]): boolean => {
    const known = readTable(engine, table)?.columns;
    return known !== undefined && columns.every((column) => known.includes(column));
  };
  const newSessions = has('session_v2', 'id');
  const newRows = has('session_message', 'session_id', 'type') && hasRows(engine, 'session_message');
  if (!newSessions && !newRows) return 0;
  const old = has('session', 'id') ? 'SELECT id FROM session' : 'SELECT NULL WHERE 0';
  const all = newSessions ? `SELECT id FROM session_v2 UNION ${old}` : old;
  const inMessages = has('message', 'session_id') ? 'EXISTS (SELECT 1 FROM message WHERE session_id = s.id)' : '0';
  const inRows = newRows
    ? `EXISTS (SELECT 1 FROM session_message WHERE session_id = s.id AND type IN ('user', 'assistant'))`
    : '0';
  const counted = engine.all(
    `SELECT count(*) FROM (${all}) AS s WHERE NOT ${inMessages} AND (${inRows} OR s.id NOT IN (${old}))`,
  )[0]?.[0];
  return typeof counted === 'number' ? counted : 0;
}

function hasRows(engine: SqlEngine, table: 'session_message'): boolean {
  return engine.all(`SELECT 1 FROM ${table} LIMIT 1`).length > 0;
}
