import { expect, test } from 'vitest';
import { buildAxis } from '../../core/timeline/build-axis.ts';
import { moveOfKey } from './axis-keys.ts';

const WHOLE = { from: 0, to: 100_000_000 };
const SHOWN = { from: 40_000_000, to: 50_000_000 };
const AXIS = buildAxis({ version: 1, now: 90_000_000, keptFrom: null, members: [], moments: null, marks: [] });

function after(key: string, isShift = false) {
  return moveOfKey(key, isShift, AXIS)?.(SHOWN, WHOLE);
}

test('arrows move by a part of what is shown, with Shift by more', () => {
  expect(after('ArrowLeft')).toEqual({ from: 38_500_000, to: 48_500_000 });
  expect(after('ArrowRight', true)).toEqual({ from: 46_000_000, to: 56_000_000 });
});

test('plus and minus zoom about the middle', () => {
  expect(after('+')).toEqual({ from: 42_000_000, to: 48_000_000 });
  expect(after('-')?.from).toBeLessThan(SHOWN.from);
});

test('Home is the beginning, End is now, 0 is everything', () => {
  expect(after('Home')).toEqual({ from: 0, to: 10_000_000 });
  expect(after('End')).toEqual({ from: 80_200_000, to: 90_200_000 });
  expect(after('0')).toBe(WHOLE);
});

test('other keys are none of the axis', () => {
  for (const key of ['j', 'k', 'Tab', 'Enter', '?']) expect(moveOfKey(key, false, AXIS)).toBeNull();
});
