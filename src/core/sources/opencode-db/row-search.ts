/**
 * Where the rows of some sessions are. The index on `session_id` names each of them. Where that alone would be hundreds of
 * small reads, a few of its pages show which end of the table the rows are in: that end is read, the index along with it,
 * and what the index then names elsewhere in a second pass.
 */
import type { DamageListener } from '../sqlite/damage.ts';
import type { IndexSearch } from '../sqlite/index-walk.ts';
import { IndexDamaged, searchIndex } from '../sqlite/index-walk.ts';
import type { PageFile } from '../sqlite/page-file.ts';
import type { TableSchema } from '../sqlite/schema.ts';
import type { RowidSet } from '../sqlite/table-tree.ts';
import { EVERY_ROW, leavesOf, rowidsFrom, rowidsIn } from '../sqlite/table-tree.ts';

/** Up to so many pages of the index are read for themselves. */
const FEW_PAGES = 256;
const SAMPLE_PAGES = 12;
/** At least this part of the wanted rows must be at the end of the table. */
const MOST = 0.5;

export class RowSearch {
  readonly #pages: PageFile;
  readonly #table: TableSchema;
  readonly #damage: DamageListener;
  readonly #signal: AbortSignal | undefined;
  #index: IndexSearch | null;
  readonly #given = new Set<number>();
  /** The first leaves may not be all. */
  #open = false;

  private constructor(
    pages: PageFile,
    table: TableSchema,
    index: IndexSearch | null,
    damage: DamageListener,
    signal?: AbortSignal,
  ) {
    this.#pages = pages;
    this.#table = table;
    this.#index = index;
    this.#damage = damage;
    this.#signal = signal;
  }

  static async begin(
    pages: PageFile,
    table: TableSchema,
    sessions: ReadonlySet<string> | 'all',
    damage: DamageListener,
    signal?: AbortSignal,
  ): Promise<RowSearch> {
    const root = sessions === 'all' ? undefined : table.indexOn.get('session_id');
    const index = root === undefined || sessions === 'all' ? null : await searched(pages, root, sessions, signal);
    return new RowSearch(pages, table, index, damage, signal);
  }

  /** Pages of the index to be read along, see {@link take}. */
  get along(): readonly number[] {
    return this.#index?.pending ?? [];
  }

  take(page: number, bytes: Uint8Array): void {
    try {
      this.#index?.take(page, bytes);
    } catch (error) {
      this.#withoutIndex(error);
    }
  }

  /** Row ids of all wanted rows, sorted; null when there is no index that tells. To be asked for when all is read. */
  named(): Float64Array | null {
    return this.#index?.rowids() ?? null;
  }

  /** Leaves of the table to be read first. */
  async firstLeaves(): Promise<number[]> {
    const index = this.#index;
    if (index === null) return this.#leaves(EVERY_ROW);
    if (index.isEmpty) return [];
    const from = index.pending.length === 0 ? null : await denseFrom(index, this.#signal);
    this.#open = from !== null;
    return this.#leaves(from === null ? rowidsIn(index.rowids()) : rowidsFrom(from));
  }

  /** Leaves that turned out to be needed as well. Empty when nothing was left open. */
  async otherLeaves(): Promise<number[]> {
    if (!this.#open) return [];
    try {
      await this.#index?.finish(this.#signal);
    } catch (error) {
      this.#withoutIndex(error);
    }
    const named = this.named();
    return this.#leaves(named === null ? EVERY_ROW : rowidsIn(named));
  }

  async #leaves(wanted: RowidSet): Promise<number[]> {
    const leaves = await leavesOf(this.#pages, this.#table.root, wanted, this.#damage, this.#signal);
    const fresh = leaves.filter((page) => !this.#given.has(page));
    for (const page of fresh) this.#given.add(page);
    return fresh;
  }

  #withoutIndex(error: unknown): void {
    if (!(error instanceof IndexDamaged)) throw error;
    this.#index = null;
  }
}

/** Null: the index is damaged. */
async function searched(
  pages: PageFile,
  root: number,
  sessions: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<IndexSearch | null> {
  try {
    return await searchIndex(pages, root, sessions, FEW_PAGES, signal);
  } catch (error) {
    if (error instanceof IndexDamaged) return null;
    throw error;
  }
}

/**
 * The row id from which on all rows may be read: reading one that is not wanted costs about as much as looking for one that is.
 * Null when the wanted rows are not at the end of the table; then the index is read whole.
 */
async function denseFrom(index: IndexSearch, signal?: AbortSignal): Promise<number | null> {
  const before = index.pending.length;
  await index.takeSome(SAMPLE_PAGES, signal);
  const sample = index.rowids();
  const each = before / (before - index.pending.length);
  const last = sample.at(-1) ?? 0;
  let [best, most] = [-1, 0];
  for (const [i, from] of sample.entries()) {
    const gain = 2 * (sample.length - i) * each - (last - from + 1);
    if (gain > most) [best, most] = [i, gain];
  }
  if (best >= 0 && best <= (1 - MOST) * sample.length) return sample[best] ?? null;
  await index.finish(signal);
  return null;
}
