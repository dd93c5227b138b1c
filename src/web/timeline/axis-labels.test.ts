import { expect, test } from 'vitest';
import { scaleOf } from '../../core/timeline/scale.ts';
import { axisLabels } from './axis-labels.ts';

const DAY = 86_400_000;
const NOON = new Date(2026, 10, 21, 12).getTime();

function labels(length: number, width = 1_000) {
  return axisLabels(scaleOf({ from: NOON - length / 2, to: NOON + length / 2 }, width));
}

test('hours stand in their day', () => {
  const { lines, contexts } = labels(DAY / 2);
  expect(lines.some(({ label }) => label.startsWith('12:00'))).toBe(true);
  expect(contexts).toHaveLength(1);
  expect(contexts[0]?.label).toMatch(/Saturday.*November/);
});

test('days stand in their month, and the first of a month is strong', () => {
  const { lines, contexts } = labels(40 * DAY, 3_000);
  expect(lines.find(({ isStrong }) => isStrong)?.label).toMatch(/^Tue 1$|^1 Tue$/);
  expect(contexts.map(({ label }) => label)).toEqual(['November 2026', 'December 2026']);
});

test('months stand in their year, and January is strong', () => {
  const { lines, contexts } = labels(700 * DAY);
  expect(lines.filter(({ isStrong }) => isStrong).map(({ label }) => label)).toEqual(['Jan', 'Jan']);
  expect(contexts.map(({ label }) => label)).toEqual(['2025', '2026', '2027']);
});

test('years stand for themselves', () => {
  const { lines, contexts } = labels(30 * 365 * DAY);
  expect(lines.map(({ label }) => label)).toContain('2025');
  expect(contexts).toEqual([]);
});

test('as many labels as there is room for, from a minute to centuries', () => {
  for (let length = 60_000; length < 1e13; length *= 1.7) {
    for (const width of [320, 1_000, 2_400]) {
      expect(labels(length, width).lines.length).toBeLessThanOrEqual(width / 48 + 2);
    }
  }
});
