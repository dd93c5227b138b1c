import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHybridClock, stampTime } from './hybrid-clock.ts';

it('a later stamp is greater, even when the wall clock jumps back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 41 }), { minLength: 2 }), (times) => {
      const clock = createHybridClock('device');
      const stamps = times.map((time) => clock.tick(time));
      expect([...stamps].sort()).toEqual(stamps);
      expect(new Set(stamps).size).toBe(stamps.length);
    }),
  );
});

it('a stamp made after seeing another device’s is greater than it', () => {
  const ahead = createHybridClock('a').tick(2_000_000);
  const clock = createHybridClock('b');
  clock.seen(ahead);
  expect(clock.tick(1_000) > ahead).toBe(true);
});

it('goes on where it stood after a restart', () => {
  const last = createHybridClock('a').tick(5_000);
  expect(createHybridClock('a', last).tick(1_000) > last).toBe(true);
});

it('stamps of two devices at the same moment differ', () => {
  expect(createHybridClock('a').tick(1)).not.toBe(createHybridClock('b').tick(1));
});

it('tells the wall-clock time', () => {
  expect(stampTime(createHybridClock('a').tick(1_790_000_000_000))).toBe(1_790_000_000_000);
});
