import { expect, test } from 'vitest';
import { RowPages } from './row-pages.ts';

const TOTAL = 1_234;

/** A list of numbers that counts what is asked of it. */
function numbers(): { pages: RowPages<number>; asked: [number, number][] } {
  const asked: [number, number][] = [];
  const pages = new RowPages<number>(async (offset, limit) => {
    asked.push([offset, limit]);
    const from = offset < 0 ? Math.max(0, TOTAL + offset) : offset;
    const length = Math.max(0, Math.min(limit, TOTAL - from));
    return { total: TOTAL, offset: from, rows: Array.from({ length }, (_, at) => from + at) };
  }, 1);
  return { pages, asked };
}

test('starting at the end loads the last rows and no others', async () => {
  const { pages, asked } = numbers();
  await pages.start('end');
  expect(pages.total).toBe(TOTAL);
  expect(pages.rowAt(TOTAL - 1)).toBe(TOTAL - 1);
  expect(pages.rowAt(0)).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test('a range is loaded once, however often it is asked for', async () => {
  const { pages, asked } = numbers();
  await pages.start('start');
  pages.ensure(250, 260);
  pages.ensure(240, 270);
  await expect.poll(() => pages.rowAt(255)).toBe(255);
  pages.ensure(200, 299);
  expect(asked).toEqual([
    [0, 100],
    [200, 100],
  ]);
});

test('nothing is asked for beyond the ends', async () => {
  const { pages, asked } = numbers();
  await pages.start('end');
  pages.ensure(-500, 20);
  pages.ensure(TOTAL - 10, TOTAL + 500);
  await expect.poll(() => pages.rowAt(5)).toBe(5);
  await expect.poll(() => pages.rowAt(1_200)).toBe(1_200);
  expect(asked.every(([offset]) => offset < TOTAL)).toBe(true);
});

test('a page that failed is asked for again', async () => {
  let failures = 1;
  const pages = new RowPages<number>(async (offset, limit) => {
    if (offset > 0 && failures-- > 0) throw new Error('lost');
    return { total: TOTAL, offset, rows: Array.from({ length: limit }, (_, at) => offset + at) };
  }, 1);
  await pages.start('start');
  pages.ensure(100, 110);
  await Promise.resolve();
  await expect
    .poll(() => {
      pages.ensure(100, 110);
      return pages.rowAt(105);
    })
    .toBe(105);
});

test('a list that takes the place of another has the rows that were looked at before it is shown', async () => {
  const { pages } = numbers();
  await pages.start('start');
  pages.ensure(420, 440);
  const { pages: next } = numbers();
  await next.start('start');
  expect(next.rowAt(430)).toBeUndefined();
  await next.fill(...pages.wanted);
  expect(next.rowAt(430)).toBe(430);
});
