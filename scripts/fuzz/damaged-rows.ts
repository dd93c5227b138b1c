/** Rows of one session of a database, damaged by SQL: its neighbours must stay as they are. */
import type { SqlJsStatic, SqlValue } from 'sql.js';
import type { SeededRandom } from '../../src/core/sources/opencode-db/fixture-random.ts';
import { mutate } from './mutate.ts';
import { makeDatabase } from './worlds.ts';

const ODD: readonly SqlValue[] = [
  null,
  '',
  -1,
  0,
  1.5,
  1e300,
  'soon',
  1_760_000_000,
  8_640_000_000_000_001,
  'x'.repeat(9_000),
];
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  session: ['parent_id', 'title', 'directory', 'revert', 'time_created', 'time_updated', 'time_archived'],
  message: ['time_created', 'time_updated', 'data'],
  part: ['time_created', 'time_updated', 'data'],
  session_v2: ['parent_id', 'title', 'directory', 'revert', 'time_created', 'time_updated', 'time_archived'],
  session_message: ['type', 'seq', 'time_created', 'time_updated', 'data'],
};

export function damagedRows(
  SQL: SqlJsStatic,
  random: SeededRandom,
): { bytes: Uint8Array; session: string; how: string } {
  const db = makeDatabase(SQL);
  const session = `ses_db_${random.int(1, 6)}`;
  const table = random.pick(Object.keys(COLUMNS));
  const column = random.pick(COLUMNS[table] ?? []);
  const key = table.startsWith('session_v') || table === 'session' ? 'id' : 'session_id';
  const value =
    column === 'data' && random.chance(0.7) ? mutated(db.exec(dataOf(table, key, session)), random) : random.pick(ODD);
  // a constraint of the table may refuse it: then nothing is damaged
  db.run(`UPDATE OR IGNORE ${table} SET ${column} = ? WHERE ${key} = ?`, [value, session]);
  if (random.chance(0.2)) db.run('UPDATE OR IGNORE session SET parent_id = id WHERE id = ?', [session]);
  const bytes = db.export();
  db.close();
  return { bytes, session, how: `${table}.${column} of ${session}` };
}

function dataOf(table: string, key: string, session: string): string {
  return `SELECT data FROM ${table} WHERE ${key} = '${session}' LIMIT 1`;
}

function mutated(
  found: readonly { readonly values: readonly (readonly SqlValue[])[] }[],
  random: SeededRandom,
): SqlValue {
  const data = found[0]?.values[0]?.[0];
  const { bytes } = mutate(new TextEncoder().encode(typeof data === 'string' ? data : '{}'), random);
  return random.chance(0.7) ? new TextDecoder().decode(bytes) : bytes;
}
