import type { PassProgress } from '../source.ts';
import type { Row, RowVisitor } from '../sqlite/row.ts';
import { RowidBits } from '../sqlite/rowid-bits.ts';
import type { TableScan } from '../sqlite/scan.ts';
import { scanTables } from '../sqlite/scan.ts';
import type { TableSchema } from '../sqlite/schema.ts';
import { SqlDamage } from '../sqlite/sql-engine.ts';
import type { DamageListener } from '../sqlite/damage.ts';
import type { ProblemLog } from '../problem-log.ts';
import { RowSearch } from './row-search.ts';
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
  await scan(store, plans, options, damage);
  if (!damage.any) for (const plan of plans) tellMissing(plan, options.log);
  for (const rows of wanted) if (!own.includes(rows)) await readThroughSql(store, rows, options);
}

async function scan({ pages }: Store, plans: readonly Plan[], options: ReadOptions, damage: DamageLog): Promise<void> {
  const { way = 'bulk', signal } = options;
  const searches = plans.map(({ search }) => search);
  await scanTables(
    pages,
    plans.map((plan) => plan.scan),
    {
      damage,
      way,
      signal,
      progress: (done, total) => options.progress?.({ done, total }),
      along: {
        pages: searches.flatMap(({ along }) => along),
        visit: (page, bytes) => searches.forEach((search) => search.take(page, bytes)),
      },
    },
  );
  const others = await Promise.all(
    plans.map(async ({ scan: first, search }) => ({ ...first, leaves: await search.otherLeaves() })),
  );
  if (others.some(({ leaves }) => leaves.length > 0)) await scanTables(pages, others, { damage, way, signal });
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
  const search = await RowSearch.begin(pages, table, sessions, damage, signal);
  const leaves = await search.firstLeaves();
  const found = new RowidBits();
  const visit = (row: Row): boolean => {
    if (!rows.visit(row) && !row.complete) return false;
    if (sessions !== 'all') found.add(row.rowid);
    return true;
  };
  return { scan: { table, columns, atOnce, leaves, visit, ahead }, rows, search, found };
}

interface Plan {
  readonly scan: TableScan;
  readonly rows: WantedRows;
  readonly search: RowSearch;
  /** Row ids that were met. */
  readonly found: RowidBits;
}

/** An index that names rows which are not where the tree of the table leads: SQLite would call the file malformed. */
function tellMissing({ rows, search, found }: Plan, log: ProblemLog): void {
  for (const rowid of search.named() ?? []) {
    if (found.has(rowid)) continue;
    const text = `Row ${rowid} of table ${rows.table.name} is named by an index but was not found. It was left out.`;
    log.skipped('damaged-row', String(rowid), text, rows.lost);
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
