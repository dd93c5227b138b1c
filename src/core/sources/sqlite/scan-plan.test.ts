import { describe, expect, test } from 'vitest';
import { MemorySource } from './memory-source.ts';
import { PageFile } from './page-file.ts';
import { ScanPlan } from './scan-plan.ts';

const MB = 1024 * 1024;
const PAGE = 65536;
const PAGES_A_SLICE = MB / 2 / PAGE;
const SLICES_A_SEGMENT = 64;
const PAGES_A_SEGMENT = SLICES_A_SEGMENT * PAGES_A_SLICE;

/** A database of so many pages. Plans look at none of them. */
function pagesOf(pageCount: number): PageFile {
  const header = { pageSize: PAGE, usable: PAGE, walMode: false, utf8: true, schemaCookie: 1, pageCount };
  return new PageFile(header, new MemorySource(new Uint8Array(pageCount * PAGE)), null);
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const firstPages = (plan: ScanPlan): number[] => plan.slices.map(({ start }) => start / PAGE + 1);

describe('the plan of a bulk pass', () => {
  test('reads the end of the file first, forwards within stretches that are one stream', () => {
    const pages = pagesOf(3 * PAGES_A_SEGMENT);
    const plan = new ScanPlan(pages, range(1, 3 * PAGES_A_SEGMENT + 1), 0, { isAhead: () => false });
    const segment = (number: number): number[] =>
      range(0, SLICES_A_SEGMENT).map((slice) => number * PAGES_A_SEGMENT + slice * PAGES_A_SLICE + 1);
    expect(firstPages(plan)).toEqual([...segment(2), ...segment(1), ...segment(0)]);
    expect(plan.totalBytes).toBe(3 * PAGES_A_SEGMENT * PAGE);
  });

  test('takes what the other rows are about before all else, where it lies by itself', () => {
    const pages = pagesOf(2 * PAGES_A_SEGMENT);
    const isAhead = (page: number): boolean => page <= PAGES_A_SLICE + 5;
    const plan = new ScanPlan(pages, range(1, 2 * PAGES_A_SEGMENT + 1), 0, { isAhead });
    expect(firstPages(plan)[0]).toBe(1);
    expect(firstPages(plan).indexOf(PAGES_A_SLICE + 1)).toBeGreaterThanOrEqual(PAGES_A_SEGMENT / PAGES_A_SLICE);
  });

  test('knows which slice yet to come has a page', () => {
    const pages = pagesOf(2 * PAGES_A_SEGMENT);
    const plan = new ScanPlan(pages, range(1, 2 * PAGES_A_SEGMENT + 1), 0, { isAhead: () => false });
    const turnOf = (page: number): number =>
      plan.slices.findIndex(({ start, length }) => start <= (page - 1) * PAGE && page * PAGE <= start + length);
    const page = PAGES_A_SLICE + 3;
    expect(plan.laterSlice(page, 0)).toBe(turnOf(page));
    expect(plan.laterSlice(page, turnOf(page) - 1)).toBe(turnOf(page));
    expect(plan.laterSlice(page, turnOf(page))).toBe(-1);
    expect(plan.laterSlice(2 * PAGES_A_SEGMENT + 9, 0)).toBe(-1);
  });
});
