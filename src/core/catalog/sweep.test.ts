import { expect, it } from 'vitest';
import { DAY_MS } from '../model/constants.ts';
import { sweepAt } from './sweep.ts';

const NOW = Date.UTC(2026, 10, 21, 9);

function lastActive(daysAgo: number, more: Partial<Parameters<typeof sweepAt>[0]> = {}): Parameters<typeof sweepAt>[0] {
  const endTime = NOW - daysAgo * DAY_MS;
  const startTime = endTime - 60_000;
  return { source: 'claude', parentSessionId: null, startTime, endTime, sourceUpdated: startTime, ...more };
}

it('tells the day thirty days after the last activity, once that is five days away', () => {
  expect(sweepAt(lastActive(24.9), NOW)).toBeNull();
  expect(sweepAt(lastActive(25), NOW)).toBe(NOW + 5 * DAY_MS);
  expect(sweepAt(lastActive(29), NOW)).toBe(NOW + DAY_MS);
});

it('still tells of one that is overdue: it goes when Claude Code starts next', () => {
  expect(sweepAt(lastActive(31), NOW)).toBe(NOW - DAY_MS);
});

it('is quiet about one so old that a longer period must keep it', () => {
  expect(sweepAt(lastActive(36), NOW)).toBeNull();
});

it('counts from the file’s own time when that is later, and from the start when no end is known', () => {
  expect(sweepAt(lastActive(29, { sourceUpdated: NOW - DAY_MS }), NOW)).toBeNull();
  const startTime = NOW - 27 * DAY_MS;
  expect(sweepAt(lastActive(0, { endTime: null, startTime, sourceUpdated: 0 }), NOW)).toBe(NOW + 3 * DAY_MS);
});

it('is about sessions of Claude Code alone, and not about sub-agents, which go with theirs', () => {
  expect(sweepAt(lastActive(29, { source: 'opencode' }), NOW)).toBeNull();
  expect(sweepAt(lastActive(29, { parentSessionId: 'parent' }), NOW)).toBeNull();
});
