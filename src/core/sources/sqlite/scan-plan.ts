import type { PageFile } from './page-file.ts';
import type { Run } from './page-runs.ts';
import { planRuns } from './page-runs.ts';
import { FRAME_HEADER_BYTES } from './wal.ts';

const SLICE_BYTES = 4 * 1024 * 1024;

/** What a bulk pass reads, in order, in slices: those of the main file, then those of the `-wal`. */
export class ScanPlan {
  readonly slices: readonly Run[];
  readonly totalBytes: number;
  readonly #pages: PageFile;
  readonly #slicesOfDb: number;

  /**
   * @param leaves pages that are not in memory
   * @param gap bytes of other tables that are read along rather than skipped
   */
  constructor(pages: PageFile, leaves: Iterable<number>, gap: number) {
    this.#pages = pages;
    const runs = planRuns(pages, leaves, { gap, maxLength: Infinity });
    this.slices = runs.flatMap((run) => cut(run, pages));
    this.#slicesOfDb = this.slices.filter((slice) => slice.source === pages.db).length;
    this.totalBytes = this.slices.reduce((sum, slice) => sum + slice.length, 0);
  }

  /** Number of the slice after `current` that will bring the page along, or -1. */
  laterSlice(page: number, current: number): number {
    const walOffset = this.#pages.walOffset(page);
    const offset = walOffset ?? this.#pages.offset(page);
    let low = walOffset === null ? current + 1 : Math.max(current + 1, this.#slicesOfDb);
    const end = walOffset === null ? this.#slicesOfDb : this.slices.length;
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#endOf(middle) > offset) high = middle;
      else low = middle + 1;
    }
    return low < end && (this.slices[low]?.start ?? Infinity) <= offset ? low : -1;
  }

  #endOf(index: number): number {
    const slice = this.slices[index];
    return slice === undefined ? Infinity : slice.start + slice.length;
  }
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
    const offsets = run.offsets.slice(first, after);
    slices.push({ source: run.source, start, length, pages: run.pages.slice(first, after), offsets });
    first = after;
  }
  return slices;
}
