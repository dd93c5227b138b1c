import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { throttled } from './throttled.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function heard(): { tell: (value: string) => void; got: string[] } {
  const got: string[] = [];
  return {
    got,
    tell: throttled(
      80,
      (value) => value[0] ?? '',
      (value) => got.push(value),
    ),
  };
}

test('the first value passes at once, later ones wait, and the newest is never lost', () => {
  const { tell, got } = heard();
  for (const value of ['a1', 'a2', 'a3']) tell(value);
  expect(got).toEqual(['a1']);
  vi.advanceTimersByTime(80);
  expect(got).toEqual(['a1', 'a3']);
  vi.advanceTimersByTime(800);
  expect(got).toEqual(['a1', 'a3']);
});

test('a value of another kind does not wait, and nothing older comes after it', () => {
  const { tell, got } = heard();
  for (const value of ['a1', 'a2', 'b1']) tell(value);
  vi.advanceTimersByTime(800);
  expect(got).toEqual(['a1', 'b1']);
});
