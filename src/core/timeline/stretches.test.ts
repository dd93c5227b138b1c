import { expect, test } from 'vitest';
import { SILENCE_MS, stretchesOf } from './stretches.ts';

test('a session without moments is one stretch', () => {
  expect(stretchesOf({ start: 5, end: 5 }, [])).toEqual([{ start: 5, end: 5 }]);
});

test('a silence of a day does not part it, a longer one does', () => {
  const end = 2 * SILENCE_MS + 11;
  expect(stretchesOf({ start: 0, end: SILENCE_MS }, [0, SILENCE_MS])).toEqual([{ start: 0, end: SILENCE_MS }]);
  expect(stretchesOf({ start: 0, end }, [0, 10, SILENCE_MS + 11, end])).toEqual([
    { start: 0, end: 10 },
    { start: SILENCE_MS + 11, end },
  ]);
});

test('an end long after the last moment is a stretch of its own', () => {
  const end = 9 * SILENCE_MS;
  expect(stretchesOf({ start: 0, end }, [3])).toEqual([
    { start: 0, end: 3 },
    { start: end, end },
  ]);
});

test('moments before the start and after the end are covered', () => {
  expect(stretchesOf({ start: 100, end: 200 }, [50, 250])).toEqual([{ start: 50, end: 250 }]);
  expect(stretchesOf({ start: 2 * SILENCE_MS, end: 2 * SILENCE_MS }, [0])).toEqual([
    { start: 0, end: 0 },
    { start: 2 * SILENCE_MS, end: 2 * SILENCE_MS },
  ]);
});
