import type { Problem } from '../../model/problem.ts';
import { problem } from '../../model/problem.ts';
import type { SourceFile } from '../byte-source.ts';
import type { SqlEngine } from '../sqlite/sql-engine.ts';

/**
 * Sessions that only the tables of OpenCode 2 hold, `session_v2` and `session_message`. They are not read yet: one warning
 * says how many there are. Reading them will take the place of this file.
 */
export function newerSessions(engine: SqlEngine, db: SourceFile, tables: readonly string[]): Problem[] {
  const count = countNewer(engine, new Set(tables));
  if (count === 0) return [];
  const sessions = count === 1 ? '1 session was' : `${count.toLocaleString('en')} sessions were`;
  const text = `${sessions} written in the format of OpenCode 2, which this version does not read yet.`;
  return [problem('newer-format', 'warning', db.path, text)];
}

function countNewer(engine: SqlEngine, tables: ReadonlySet<string>): number {
  const v2 = tables.has('session_v2');
  const rows = tables.has('session_message') && engine.all('SELECT 1 FROM session_message LIMIT 1').length > 0;
  if (!v2 && !rows) return 0;
  const v1 = tables.has('session') ? 'SELECT id FROM session' : 'SELECT NULL WHERE 0';
  const all = v2 ? `SELECT id FROM session_v2 UNION ${v1}` : v1;
  const inMessages = tables.has('message') ? 'EXISTS (SELECT 1 FROM message WHERE session_id = s.id)' : '0';
  const inRows = rows
    ? `EXISTS (SELECT 1 FROM session_message WHERE session_id = s.id AND type IN ('user', 'assistant'))`
    : '0';
  const counted = engine.all(
    `SELECT count(*) FROM (${all}) AS s WHERE NOT ${inMessages} AND (${inRows} OR s.id NOT IN (${v1}))`,
  )[0]?.[0];
  return typeof counted === 'number' ? counted : 0;
}
