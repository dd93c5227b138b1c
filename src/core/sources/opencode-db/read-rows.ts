import type { PassProgress } from '../source.ts';
import { rowidsByIndex, IndexDamaged } from '../sqlite/index-walk.ts';
import type { PageFile } from '../sqlite/page-file.ts';
import type { Row, RowVisitor } from '../sqlite/row.ts';
import type { TableScan } from '../sqlite/scan.ts';
import { scanTables } from '../sqlite/scan.ts';
import type { TableSchema } from '../sqlite/schema.ts';
import { SqlDamage } from '../sqlite/sql-engine.ts';
import { leavesOf } from '../sqlite/table-tree.ts';
import type { DamageListener } from '../sqlite/damage.ts';
import type { ProblemLog } from '../problem-log.ts';
import { readBySql } from './sql-rows.ts';
import type { Store } from './store.ts';

/** Above this many sessions one pass over a table costs less than asking for each. */
const MOST_SQL_SESSIONS = 50;

export interface WantedRows {
  readonly table: TableSchema;
  readonly columns: readonly string[];
  readonly atOnce: number;
  /** Must pass over rows of sessions that are not wanted. */
  readonly visit: RowVisitor;
  /** Rows of the other tables are about these: they come first where the file allows. */
  readonly ahead?: boolean;
  /** What a row is, for the receipt. */
  readonly lost: 'session' | 'message' | 'part';
  /** Sessions whose rows are wanted of this table, where they are not those of the whole reading. */
  readonly sessions?: ReadonlySet<string> | 'all';
}

export interface ReadOptions {
  readonly sessions: ReadonlySet<string> | 'all';
  readonly log: ProblemLog;
  readonly way?: 'bulk' | 'scattered';
  readonly signal?: AbortSignal | undefined;
  readonly progress?: (progress: PassProgress) => void;
}

/**
 * Reads rows of tables in one pass over the file, in its order. With a set of sessions only the pages that hold their rows
 * are read, found by the index on `session_id`. Tables our own reader does not understand go through SQLite.
 */
export async function readRows(store: Store, wanted: readonly WantedRows[], options: ReadOptions): Promise<void> {
  const own = wanted.filter((rows) => canScan(store, rows));
  const damage = new DamageLog(wanted, options.log);
  const plans = await Promise.all(own.map((rows) => planScan(store, rows, options, damage)));
  const scans = plans.map((plan) => plan.scan);
  await scanTables(store.pages, scans, {
    damage,
    way: options.way ?? 'bulk',
    signal: options.signal,
    progress: (done, total) => options.progress?.({ done, total }),
  });
  if (!damage.any) for (const plan of plans) tellMissing(plan, options.log);
  for (const rows of wanted) if (!own.includes(rows)) await readThroughSql(store, rows, options);
}

function canScan({ pages }: Store, { table, columns }: WantedRows): boolean {
  return pages.header.utf8 && table.plain && columns.every((column) => !table.defaulted.has(column));
}

async function planScan(
  { pages }: Store,
  rows: WantedRows,
  { sessions: usual, signal }: ReadOptions,
  damage: DamageListener,
): Promise<Plan> {
  const { table, columns, atOnce, ahead = false, sessions = usual } = rows;
  const rowids = sessions === 'all' ? null : await rowidsOf(pages, table, sessions, signal);
  const leaves = rowids?.length === 0 ? [] : await leavesOf(pages, table.root, rowids, damage, signal);
  const found = new Set<number>();
  const visit = (row: Row): boolean => {
    if (!rows.visit(row) && !row.complete) return false;
    if (rowids !== null && includes(rowids, row.rowid)) found.add(row.rowid);
    return true;
  };
  return { scan: { table, columns, atOnce, leaves, visit, ahead }, rows, named: rowids, found };
}

interface Plan {
  readonly scan: TableScan;
  readonly rows: WantedRows;
  /** Row ids that the index names, sorted, and those of them that were met. */
  readonly named: Float64Array | null;
  readonly found: ReadonlySet<number>;
}

/** An index that names rows which are not where the tree of the table leads: SQLite would call the file malformed. */
function tellMissing({ rows, named, found }: Plan, log: ProblemLog): void {
  for (const rowid of named ?? []) {
    if (found.has(rowid)) continue;
    const text = `Row ${rowid} of table ${rows.table.name} is named by an index but was not found. It was left out.`;
    log.skipped('damaged-row', String(rowid), text, rows.lost);
  }
}

function includes(sorted: Float64Array, value: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}

/** Row ids of all rows of these sessions, sorted; null when there is no index that tells. */
async function rowidsOf(
  pages: PageFile,
  table: TableSchema,
  sessions: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<Float64Array | null> {
  const index = table.indexOn.get('session_id');
  if (index === undefined) return null;
  try {
    const found = await rowidsByIndex(pages, index, sessions, signal);
    return Float64Array.from([...found.values()].flat()).sort();
  } catch (error) {
    if (error instanceof IndexDamaged) return null;
    throw error;
  }
}

async function readThroughSql({ engine }: Store, rows: WantedRows, options: ReadOptions): Promise<void> {
  const { log, signal } = options;
  const { table, columns, visit, lost, sessions = options.sessions } = rows;
  const few = sessions !== 'all' && sessions.size <= MOST_SQL_SESSIONS && table.columns.includes('session_id');
  const read = {
    table: table.name,
    has: table.columns,
    columns,
    visit,
    tooLarge: (id: string) => tooLarge(log, id, lost),
  };
  try {
    if (!few) await readBySql(engine, { ...read, sessionId: null }, signal);
    else for (const sessionId of sessions) await readBySql(engine, { ...read, sessionId }, signal);
  } catch (error) {
    if (!(error instanceof SqlDamage)) throw error;
    log.skipped(
      'damaged-page',
      table.name,
      `The table ${table.name} is damaged (${error.message}). Some rows are missing.`,
    );
  }
}

function tooLarge(log: ProblemLog, id: string, lost: WantedRows['lost']): void {
  log.skipped('damaged-row', id, `The ${lost} ${id} is larger than 64 MB and was left out.`, lost);
}

/** Puts what a scan found damaged in words. */
class DamageLog implements DamageListener {
  any = false;
  readonly #wanted: readonly WantedRows[];
  readonly #log: ProblemLog;

  constructor(wanted: readonly WantedRows[], log: ProblemLog) {
    this.#wanted = wanted;
    this.#log = log;
  }

  page(page: number, what: string): void {
    this.any = true;
    this.#log.skipped('damaged-page', String(page), `Page ${page} ${what}. The rows on it are missing.`);
  }

  row(table: string, row: string, what: string): void {
    this.any = true;
    const lost = this.#wanted.find((rows) => rows.table.name === table)?.lost;
    this.#log.skipped('damaged-row', row, `A row of table ${table} (${row}) ${what}. It was left out.`, lost);
  }
}
