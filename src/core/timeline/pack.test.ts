import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Packable } from './pack.ts';
import { pack } from './pack.ts';

function session(root: number, start: number, end: number, lane = 0): Packable {
  return { start, end, lane, root };
}

test('those that overlap stand below each other, those that follow each other on one track', () => {
  const { tracks, depths } = pack([session(0, 0, 10), session(1, 5, 15), session(2, 11, 20)], 1);
  expect([...tracks]).toEqual([0, 1, 0]);
  expect([...depths]).toEqual([0, 0]);
});

test('sub-agents stand between the track of their session and the next', () => {
  const { tracks, depths } = pack([session(0, 0, 10), session(1, 1, 9), session(0, 2, 5), session(0, 3, 6)], 1);
  expect([...tracks]).toEqual([0, 3, 1, 2]);
  expect([...depths]).toEqual([0, 1, 1, 0]);
});

test('more than there is room for share the track that is free soonest', () => {
  const { depths } = pack(
    Array.from({ length: 50 }, (_, at) => session(at, 0, 100 - at)),
    1,
  );
  expect(depths).toHaveLength(3);
});

const given = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 3 }),
      fc.boolean(),
    ),
    {
      maxLength: 120,
    },
  )
  .map((drawn) => drawn.toSorted((a, b) => a[0] - b[0]))
  .map((drawn) =>
    drawn.map(([start, length, lane, isCalled], at): Packable => {
      const root = isCalled && at > 0 && drawn[0] !== undefined ? 0 : at;
      return session(root, start, start + length, root === 0 ? (drawn[0]?.[2] ?? 0) : lane);
    }),
  );

test('each session has a track in its lane, of its depth', () => {
  fc.assert(
    fc.property(given, (sessions) => {
      const { tracks, depths, laneFrom } = pack(sessions, 4);
      for (const [at, { lane, root }] of sessions.entries()) {
        const track = tracks[at] ?? -1;
        expect(track).toBeGreaterThanOrEqual(laneFrom[lane] ?? 0);
        expect(track).toBeLessThan(laneFrom[lane + 1] ?? 0);
        expect(depths[track]).toBe(root === at ? 0 : 1);
      }
      expect(laneFrom[4]).toBe(depths.length);
    }),
  );
});
