/**
 * The marks of many sessions at once: what {@link readMark} asks SQLite page by page is read here from the indices and the
 * rows they name, a few pages on their way at a time. Only where all that was said stands in tables our own reader knows.
 */
import { IndexDamaged, rowidsByIndex } from '../sqlite/index-walk.ts';
import type { PageFile } from '../sqlite/page-file.ts';
import { scanTables } from '../sqlite/scan.ts';
import type { TableSchema } from '../sqlite/schema.ts';
import { leavesOf, rowidsIn } from '../sqlite/table-tree.ts';
import { readMark } from './mark.ts';
import type { Store } from './store.ts';

/** What is asked of each session: the messages to look at. */
export type Watched = ReadonlyMap<string, readonly string[]>;

export async function readMarks(store: Store, watched: Watched): Promise<Map<string, string>> {
  return (await fromPages(store, watched)) ?? bySql(store, watched);
}

async function bySql(store: Store, watched: Watched): Promise<Map<string, string>> {
  const marks = new Map<string, string>();
  for (const [sessionId, messageIds] of watched) marks.set(sessionId, await readMark(store, sessionId, messageIds));
  return marks;
}

/** Null: ask SQLite. */
async function fromPages(store: Store, watched: Watched): Promise<Map<string, string> | null> {
  const { message, part, sessionMessage, pages } = store;
  if (message === null || part === null || sessionMessage !== null || !pages.header.utf8) return null;
  const bySession = message.indexOn.get('session_id');
  const byId = message.indexOn.get('id');
  const byMessage = part.indexOn.get('message_id');
  if (bySession === undefined || byId === undefined || byMessage === undefined) return null;
  if (![message, part].every(hasTimes)) return null;
  try {
    const ids = [...watched.values()].flat();
    const said = await rowidsByIndex(pages, bySession, watched.keys());
    const messages = await rowidsByIndex(pages, byId, ids);
    const parts = await rowidsByIndex(pages, byMessage, ids);
    const messageTimes = await timesOf(pages, message, messages);
    const partTimes = await timesOf(pages, part, parts);
    const markOf = (id: string): string => {
      const [row] = messages.get(id) ?? [];
      const own = row === undefined ? 'gone' : String(messageTimes.get(row));
      const its = parts.get(id) ?? [];
      const sum = its.reduce((total, rowid) => total + (partTimes.get(rowid) ?? 0), 0);
      return `${own}/${its.length}:${its.length === 0 ? 'null' : sum}`;
    };
    return new Map(
      [...watched].map(([sessionId, messageIds]) => {
        const rows = said.get(sessionId) ?? [];
        const last = rows.reduce((latest, rowid) => Math.max(latest, rowid), -Infinity);
        const count = `${rows.length}:${rows.length === 0 ? 'null' : last}`;
        return [sessionId, [count, ...messageIds.toSorted().map(markOf)].join(' ')];
      }),
    );
  } catch (error) {
    if (error instanceof Unsure || error instanceof IndexDamaged) return null;
    throw error;
  }
}

function hasTimes(table: TableSchema): boolean {
  return table.plain && table.columns.includes('time_updated') && !table.defaulted.has('time_updated');
}

/** A page or row is not as it should be. */
class Unsure extends Error {}

function unsure(): never {
  throw new Unsure();
}

/** When these rows were last written, by row id. */
async function timesOf(
  pages: PageFile,
  table: TableSchema,
  named: ReadonlyMap<string, readonly number[]>,
): Promise<Map<number, number>> {
  const times = new Map<number, number>();
  const rowids = Float64Array.from([...named.values()].flat()).sort();
  if (rowids.length === 0) return times;
  const wanted = new Set(rowids);
  const damage = { page: unsure, row: unsure };
  const leaves = await leavesOf(pages, table.root, rowidsIn(rowids), damage);
  const visit = (row: { readonly rowid: number; number(column: number): number | null }): boolean => {
    if (wanted.has(row.rowid)) times.set(row.rowid, row.number(0) ?? unsure());
    return true;
  };
  const scan = { table, columns: ['time_updated'], atOnce: 1, leaves, visit };
  await scanTables(pages, [scan], { way: 'scattered', damage });
  return times.size === wanted.size ? times : unsure();
}
