/**
 * Reads whole tables, or the leaves of them that matter, as they lie in the file and not in the order of the rows: a database
 * of gigabytes comes in slices, some in flight, from its end to its beginning. Several tables share one pass. Overflow pages are touched only for rows
 * whose visitor asks. What is damaged is told and left out; the rest goes on.
 */
import { ChainFollower } from './chain-follower.ts';
import type { DamageListener } from './damage.ts';
import type { CellPlace } from './leaf.ts';
import { cellAt, cellCount, readTableCell, TABLE_LEAF } from './leaf.ts';
import { OverflowChain } from './overflow.ts';
import type { PageFile } from './page-file.ts';
import type { ReadRun } from './page-runs.ts';
import { readRuns } from './page-runs.ts';
import { StoredRecord } from './record.ts';
import type { RowVisitor } from './row.ts';
import { MAX_ROW_BYTES } from './row.ts';
import { ScanPlan } from './scan-plan.ts';
import type { TableSchema } from './schema.ts';

/** How pages are read. `bulk`: large slices, gaps read along. `scattered`: few pages over a large file, gaps skipped. */
const WAYS = {
  bulk: { gap: 1024 * 1024, inFlight: 16 },
  scattered: { gap: 32 * 1024, inFlight: 8 },
} as const;
const MOST_PAGE_BYTES = 65536;

export interface TableScan {
  readonly table: TableSchema;
  /** Asked columns; the visitor knows them by their place here. */
  readonly columns: readonly string[];
  /** How many of these must be at hand whenever the visitor is called. */
  readonly atOnce: number;
  readonly leaves: readonly number[];
  /** Its rows tell what those of the others are about: they come first where the file allows. */
  readonly ahead?: boolean;
  readonly visit: RowVisitor;
}

export interface PageVisits {
  readonly pages: readonly number[];
  visit(page: number, bytes: Uint8Array): void;
}

export interface ScanOptions {
  /** Default `bulk`. */
  readonly way?: keyof typeof WAYS;
  readonly damage: DamageListener;
  readonly signal?: AbortSignal | undefined;
  /** Other pages that are wanted whole, to be read along. */
  readonly along?: PageVisits;
  /** Bytes read so far and in all. */
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Gives every row of the leaves to its visitor, once.
 *
 * @throws the signal's reason when aborted, what the files throw, and what a visitor throws
 */
export async function scanTables(pages: PageFile, scans: readonly TableScan[], options: ScanOptions): Promise<void> {
  await new Scanner(pages, scans, options).run();
}

class Scanner {
  readonly #pages: PageFile;
  readonly #scans: readonly TableScan[];
  readonly #records: readonly StoredRecord[];
  readonly #options: ScanOptions;
  /** Page number to the number of its scan, plus 1. */
  readonly #kinds: Uint8Array;
  readonly #plan: ScanPlan;
  readonly #chains: ChainFollower;
  readonly #cell: CellPlace = { rowid: 0, size: 0, start: 0, end: 0, overflow: 0 };
  /** For each place on a page the number of the page that last had a cell there, to notice two pointers that are the same. */
  readonly #cellSeen = new Float64Array(MOST_PAGE_BYTES);

  constructor(pages: PageFile, scans: readonly TableScan[], options: ScanOptions) {
    this.#pages = pages;
    this.#scans = scans;
    this.#options = options;
    this.#records = scans.map((scan) => new StoredRecord(scan.table.columns, scan.columns, scan.atOnce));
    this.#kinds = new Uint8Array(pages.pageCount + 1);
    for (const page of options.along?.pages ?? []) this.#kinds[page] = scans.length + 1;
    for (const [i, scan] of scans.entries()) for (const page of scan.leaves) this.#kinds[page] = i + 1;
    const isAhead = (page: number): boolean => scans[(this.#kinds[page] ?? 0) - 1]?.ahead === true;
    this.#plan = new ScanPlan(pages, this.#wanted(false), WAYS[options.way ?? 'bulk'].gap, { isAhead });
    this.#chains = new ChainFollower(pages, this.#plan, {
      whole: (chain) => this.#whole(chain),
      lost: (chain) => this.#lost(chain.scan, chain.rowid, 'is damaged: its end is missing'),
    });
  }

  async run(): Promise<void> {
    const { way = 'bulk', signal, progress } = this.#options;
    progress?.(0, this.#plan.totalBytes);
    const slices = readRuns(this.#plan.slices, WAYS[way].inFlight, signal);
    // on its way while the pages in memory are looked at
    const first = slices.next();
    first.catch(() => undefined);
    try {
      await this.#residents();
      let done = 0;
      for (let next = await first; next.done !== true; next = await slices.next()) {
        await this.#slice(next.value);
        done += next.value.run.length;
        progress?.(done, this.#plan.totalBytes);
      }
    } finally {
      await slices.return(undefined);
    }
    await this.#chains.finish(signal);
  }

  async #residents(): Promise<void> {
    const { signal } = this.#options;
    for (const page of this.#wanted(true)) {
      signal?.throwIfAborted();
      const bytes = this.#pages.resident(page);
      if (bytes !== null) this.#page(page, bytes);
      if (this.#chains.isFull) await this.#chains.settle(signal);
    }
  }

  async #slice({ run, bytes }: ReadRun): Promise<void> {
    this.#chains.enterSlice(run, bytes);
    for (let i = 0; i < run.pages.length; i++) {
      const at = (run.offsets[i] ?? 0) - run.start;
      this.#page(run.pages[i] ?? 0, bytes.subarray(at, at + this.#pages.pageSize));
    }
    if (this.#chains.isFull) await this.#chains.settle(this.#options.signal);
    this.#chains.leaveSlice();
  }

  *#wanted(resident: boolean): Generator<number> {
    const lists = [...this.#scans.map(({ leaves }) => leaves), this.#options.along?.pages ?? []];
    for (const [i, list] of lists.entries()) {
      for (const page of list) {
        // a damaged file may name a page in two tables
        if (this.#kinds[page] === i + 1 && (this.#pages.resident(page) !== null) === resident) yield page;
      }
    }
  }

  #page(page: number, bytes: Uint8Array): void {
    if (this.#kinds[page] === this.#scans.length + 1) this.#options.along?.visit(page, bytes);
    else this.#leaf(page, bytes);
  }

  #leaf(page: number, bytes: Uint8Array): void {
    const { usable, pageSize } = this.#pages;
    const { damage } = this.#options;
    if (bytes.length < pageSize) return damage.page(page, 'is cut off');
    if (bytes[0] !== TABLE_LEAF) return damage.page(page, 'holds no rows though it should');
    const count = cellCount(bytes, usable);
    if (count < 0) return damage.page(page, 'says it has more rows than fit');
    const scan = (this.#kinds[page] ?? 1) - 1;
    for (let i = 0; i < count; i++) {
      const at = cellAt(bytes, i, count, usable);
      const repeated = this.#cellSeen[at] === page;
      if (at >= 0) this.#cellSeen[at] = page;
      if (at >= 0 && !repeated && readTableCell(bytes, at, usable, this.#cell)) this.#row(scan, bytes);
      else damage.row(this.#scans[scan]?.table.name ?? '', `page ${page}, row ${i + 1}`, 'is not where its page says');
    }
  }

  #row(number: number, bytes: Uint8Array): void {
    const scan = this.#scans[number];
    const record = this.#records[number];
    if (scan === undefined || record === undefined) return;
    const { rowid, size, start, end, overflow } = this.#cell;
    const state = record.open(rowid, bytes, start, end, size);
    if (state === 'damaged') return this.#lost(number, rowid, 'is damaged');
    if (state === 'ready' && (scan.visit(record) || record.complete)) return;
    if (size > this.#pages.pageCount * this.#pages.pageSize) return this.#lost(number, rowid, 'is damaged');
    if (size > MAX_ROW_BYTES) return this.#lost(number, rowid, 'is larger than 64 MB and was not loaded');
    this.#chains.follow(new OverflowChain(number, rowid, size, bytes.subarray(start, end), overflow));
  }

  #whole(chain: OverflowChain): void {
    const record = this.#records[chain.scan];
    const state = record?.open(chain.rowid, chain.whole(), 0, chain.size, chain.size);
    if (record !== undefined && state === 'ready') this.#scans[chain.scan]?.visit(record);
    else this.#lost(chain.scan, chain.rowid, 'is damaged');
  }

  #lost(scan: number, rowid: number, what: string): void {
    this.#options.damage.row(this.#scans[scan]?.table.name ?? '', String(rowid), what);
  }
}
