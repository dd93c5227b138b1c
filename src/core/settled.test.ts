import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { settled } from './settled.ts';

let calls = 0;
const act = (): void => {
  calls += 1;
};

beforeEach(() => {
  calls = 0;
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('acts once when it has been quiet', () => {
  const changed = settled(100, 1_000, act);
  for (let at = 0; at < 5; at += 1) {
    changed.call();
    vi.advanceTimersByTime(50);
  }
  expect(calls).toBe(0);
  vi.advanceTimersByTime(50);
  expect(calls).toBe(1);
});

it('does not wait for ever for quiet', () => {
  const changed = settled(100, 1_000, act);
  for (let at = 0; at < 30; at += 1) {
    changed.call();
    vi.advanceTimersByTime(50);
  }
  expect(calls).toBe(1);
});

it('does not act after it was stopped', () => {
  const changed = settled(100, 1_000, act);
  changed.call();
  changed.stop();
  vi.advanceTimersByTime(2_000);
  expect(calls).toBe(0);
});
