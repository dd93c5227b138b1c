import type { PageFile } from './page-file.ts';
import type { Run } from './page-runs.ts';
import { planRuns } from './page-runs.ts';
import { FRAME_HEADER_BYTES } from './wal.ts';

/** While one slice is looked at the next is on its way, where little more than this fits between a browser and a worker. */
const SLICE_BYTES = 512 * 1024;

/** So much is read forwards at a time, to be one stream. */
const SEGMENT_SLICES = 64;

export interface ScanOrder {
  /** Pages whose rows should come before all others where they lie by themselves. */
  isAhead(page: number): boolean;
}

/**
 * What a bulk pass reads, in slices. What was written last comes first, segment by segment from the end: whoever keeps the
 * newest rows can pass over the older ones unread.
 */
export class ScanPlan {
  /** In the order of reading. */
  readonly slices: readonly Run[];
  readonly totalBytes: number;
  readonly #pages: PageFile;
  /** In the order of the file, those of the `-wal` after the others. */
  readonly #placed: readonly Run[];
  /** For each of those its place in the order of reading. */
  readonly #turns: Int32Array;
  readonly #placedInDb: number;

  /**
   * @param leaves pages that are not in memory
   * @param gap bytes of other tables that are read along rather than skipped
   */
  constructor(pages: PageFile, leaves: Iterable<number>, gap: number, order: ScanOrder) {
    this.#pages = pages;
    const runs = planRuns(pages, leaves, { gap, maxLength: Infinity });
    this.#placed = runs.flatMap((run) => cut(run, pages));
    const turns = readingOrder(this.#placed, order);
    this.#turns = new Int32Array(turns.length);
    for (const [turn, place] of turns.entries()) this.#turns[place] = turn;
    this.slices = turns.flatMap((place) => this.#placed[place] ?? []);
    this.#placedInDb = this.#placed.filter((slice) => slice.source === pages.db).length;
    this.totalBytes = this.slices.reduce((sum, slice) => sum + slice.length, 0);
  }

  /** Turn of the slice that will bring the page along after the one that has `current`, or -1. */
  laterSlice(page: number, current: number): number {
    const walOffset = this.#pages.walOffset(page);
    const offset = walOffset ?? this.#pages.offset(page);
    const end = walOffset === null ? this.#placedInDb : this.#placed.length;
    let low = walOffset === null ? 0 : this.#placedInDb;
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#endOf(middle) > offset) high = middle;
      else low = middle + 1;
    }
    const holds = low < end && (this.#placed[low]?.start ?? Infinity) <= offset;
    const turn = this.#turns[low] ?? -1;
    return holds && turn > current ? turn : -1;
  }

  #endOf(index: number): number {
    const slice = this.#placed[index];
    return slice === undefined ? Infinity : slice.start + slice.length;
  }
}

/** Places of the slices in the order of reading. */
function readingOrder(slices: readonly Run[], order: ScanOrder): number[] {
  const ahead: number[] = [];
  const segments: number[][] = [];
  for (const [place, slice] of slices.entries()) {
    const segment = segments.at(-1);
    if (slice.pages.every((page) => order.isAhead(page))) ahead.push(place);
    else if (segment?.at(-1) === place - 1 && segment.length < SEGMENT_SLICES) segment.push(place);
    else segments.push([place]);
  }
  return [...ahead, ...segments.toReversed().flat()];
}

/** Cuts a run to slices that part no page. */
function cut(run: Run, pages: PageFile): Run[] {
  const unit = run.source === pages.db ? pages.pageSize : pages.pageSize + FRAME_HEADER_BYTES;
  const step = Math.max(1, Math.floor(SLICE_BYTES / unit)) * unit;
  const slices: Run[] = [];
  let first = 0;
  for (let start = run.start; start < run.start + run.length; start += step) {
    const length = Math.min(step, run.start + run.length - start);
    let after = first;
    while (after < run.offsets.length && (run.offsets[after] ?? 0) < start + length) after++;
    const offsets = run.offsets.subarray(first, after);
    slices.push({ source: run.source, start, length, pages: run.pages.subarray(first, after), offsets });
    first = after;
  }
  return slices;
}
