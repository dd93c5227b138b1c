import type { PassProgress } from '../source.ts';
import { rowidsByIndex, IndexDamaged } from '../sqlite/index-walk.ts';
import type { RowVisitor } from '../sqlite/row.ts';
import type { TableScan } from '../sqlite/scan.ts';
import { scanTables } from '../sqlite/scan.ts';
import type { TableSchema } from '../sqlite/schema.ts';
import { SqlDamage } from '../sqlite/sql-engine.ts';
import { leavesOf } from '../sqlite/table-tree.ts';
import type { DamageListener } from '../sqlite/damage.ts';
import type { ProblemLog } from './problem-log.ts';
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
  /** What a row is, for the receipt. */
  readonly lost: 'session' | 'message' | 'part';
}

export interface ReadOptions {
  readonly sessions: ReadonlySet<string> | 'all';
  readonly log: ProblemLog;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: (progress: PassProgress) => void;
}

/**
 * Reads rows of tables in one pass over the file, in its order. With a set of sessions only the pages that hold their rows
 * are read, found by the index on `session_id`. Tables our own reader does not understand go through SQLite.
 */
export async function readRows(store: Store, wanted: readonly WantedRows[], options: ReadOptions): Promise<void> {
  const own = wanted.filter((rows) => canScan(store, rows));
  const damage = damageLog(wanted, options.log);
  const scans = await Promise.all(own.map((rows) => planScan(store, rows, options, damage)));
  await scanTables(store.pages, scans, {
    damage,
    signal: options.signal,
    progress: (done, total) => options.progress?.({ done, total }),
  });
  for (const rows of wanted) if (!own.includes(rows)) await readThroughSql(store, rows, options);
}

function canScan({ pages }: Store, { table, columns }: WantedRows): boolean {
  return pages.header.utf8 && table.plain && columns.every((column) => !table.defaulted.has(column));
}

async function planScan(
  { pages }: Store,
  rows: WantedRows,
  { sessions, signal }: ReadOptions,
  damage: DamageListener,
): Promise<TableScan> {
  const { table, columns, atOnce, visit } = rows;
  const index = table.indexOn.get('session_id');
  let rowids: Float64Array | null = null;
  if (sessions !== 'all' && index !== undefined) {
    try {
      const found = await rowidsByIndex(pages, index, sessions, signal);
      rowids = Float64Array.from([...found.values()].flat()).sort();
    } catch (error) {
      // the rows are in the table all the same
      if (!(error instanceof IndexDamaged)) throw error;
    }
  }
  const leaves = rowids?.length === 0 ? [] : await leavesOf(pages, table.root, rowids, damage, signal);
  return { table, columns, atOnce, leaves, visit };
}

async function readThroughSql({ engine }: Store, rows: WantedRows, options: ReadOptions): Promise<void> {
  const { sessions, log, signal } = options;
  const { table, columns, visit, lost } = rows;
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

function damageLog(wanted: readonly WantedRows[], log: ProblemLog): DamageListener {
  return {
    page: (page, what) => {
      log.skipped('damaged-page', String(page), `Page ${page} ${what}. The rows on it are missing.`);
    },
    row: (table, row, what) => {
      const lost = wanted.find((rows) => rows.table.name === table)?.lost;
      log.skipped('damaged-row', row, `A row of table ${table} (${row}) ${what}. It was left out.`, lost);
    },
  };
}
