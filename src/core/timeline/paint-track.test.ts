import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Axis } from './axis.ts';
import { buildAxis } from './build-axis.ts';
import type { Years } from './fixture-years.ts';
import { makeYears } from './fixture-years.ts';
import { hitTrack } from './hit.ts';
import { momentsOf } from './moments.ts';
import { COLUMN, paintMarks, paintTrack } from './paint-track.ts';
import { scaleOf, timeAt, xOf } from './scale.ts';
import { spansOf, ticksOf } from './spans.ts';
import { wholeWindow, zoomed } from './window.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const WIDTH = 1_000;

function axisOf({ rows, times, items }: Years): Axis {
  return buildAxis({
    version: 1,
    now: NOW,
    keptFrom: null,
    members: rows.map((row, root) => ({ row, root })),
    moments: rows.map((row, at) => momentsOf(row, times[at], [])),
    marks: items.flatMap((item) => item.evidence.map((evidence) => ({ item, evidence }))),
  });
}

interface Painted {
  readonly bars: (readonly [number, number])[];
  readonly gaps: (readonly [number, number])[];
  readonly ticks: number[];
  density: number;
  visited: number;
}

function paint(axis: Axis, track: number, window: { from: number; to: number }): Painted {
  const painted: Painted = { bars: [], gaps: [], ticks: [], density: 0, visited: 0 };
  painted.visited = paintTrack(axis, track, scaleOf(window, WIDTH), {
    bar: (from, to) => painted.bars.push([from, to]),
    gap: (from, to) => painted.gaps.push([from, to]),
    tick: (x) => painted.ticks.push(x),
    density: (_, count) => (painted.density += count),
  });
  return painted;
}

const MANY = axisOf(makeYears({ sessions: 40_000, messages: 1_000_000, years: 3, now: NOW }));

test('as much is looked at as fits on the pixels, at any zoom over a million messages', () => {
  const whole = wholeWindow(MANY.first, MANY.last);
  expect(MANY.ticks.times.length).toBeGreaterThan(1_900_000);
  let window = whole;
  for (let step = 0; step < 24; step += 1) {
    for (let track = 0; track < MANY.depths.length; track += 1) {
      // runs go on by a pixel in two looks; ticks and columns by two
      expect(paint(MANY, track, window).visited).toBeLessThanOrEqual(3 * WIDTH);
    }
    expect(paintMarks(MANY, scaleOf(window, WIDTH), 8, () => undefined)).toBeLessThanOrEqual(WIDTH / 8 + 3);
    window = zoomed(window, 0.5, NOW - 86_400_000 * 3, whole);
  }
});

test('everything that happened is counted, however far away it is looked at from', () => {
  const window = wholeWindow(MANY.first, MANY.last);
  let counted = 0;
  for (let track = 0; track < MANY.depths.length; track += 1) counted += paint(MANY, track, window).density;
  expect(counted).toBe(MANY.ticks.times.length);
});

/** One track with these spans. */
function track(spans: readonly (readonly [number, number])[], times: readonly number[] = []): Axis {
  const sessions = spans.map(([start, end], session) => ({ start, end, track: 0, session }));
  const axis = axisOf({ rows: [], times: [], messages: [], items: [] });
  const moments = { session: 0, track: 0, times, kinds: times.map(() => 0) };
  return {
    ...axis,
    depths: new Uint8Array(1),
    bars: spansOf(sessions, 1),
    gaps: spansOf([], 1),
    ticks: ticksOf([moments], 1),
    replies: ticksOf([], 1),
  };
}

const span = fc.tuple(fc.integer({ min: -200, max: 1_400 }), fc.integer({ min: 0, max: 900 }));

test('what is painted covers what is there, and nothing else but gaps below a pixel', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 700 }), (drawn) => {
      const spans = drawn.map(([start, length]) => [start, start + length] as const);
      const { bars } = paint(track(spans), 0, { from: 0, to: WIDTH });
      const isIn = (x: number, slack: number) => bars.some(([from, to]) => x >= from - slack && x <= to + slack);
      for (const [start, end] of spans) {
        if (end < 0 || start >= WIDTH) continue;
        for (const x of [Math.max(0, start), Math.min(WIDTH, end)]) expect(isIn(x, 1e-6)).toBe(true);
      }
      for (const [from, to] of bars) {
        for (const x of [from, (from + to) / 2, to]) {
          expect(spans.some(([start, end]) => x >= start - 1 && x <= end + 1)).toBe(true);
        }
      }
    }),
  );
});

test('near enough, each bar stands for itself, and a moment has a tick', () => {
  const axis = track(
    [
      [0, 100],
      [300, 400],
      [350, 500],
    ],
    [0, 50, 350, 350, 351],
  );
  const { bars, ticks } = paint(axis, 0, { from: 0, to: WIDTH });
  expect(bars).toEqual([
    [0, 100],
    [300, 400],
    [350, 500],
  ]);
  expect(ticks).toEqual([0, 50, 350]);
});

test('columns of density keep their place in time while the window moves', () => {
  const axis = track([[0, 1e9]], [1e8, 1.1e8, 5e8]);
  const places = (by: number): number[] => {
    const window = scaleOf({ from: by, to: 1e9 + by }, WIDTH);
    const found: number[] = [];
    paintTrack(axis, 0, window, {
      bar: () => undefined,
      gap: () => undefined,
      tick: () => undefined,
      density: (x) => found.push(Math.round(timeAt(window, x) / (COLUMN * window.msPerPixel))),
    });
    return found;
  };
  expect(places(12_345_678)).toEqual(places(0));
});

test('what is under the pointer is what is drawn there', () => {
  const axis = track([
    [0, 3e9],
    [1e9, 1.2e9],
  ]);
  const scale = scaleOf({ from: 0, to: 4e9 }, WIDTH);
  expect(hitTrack(axis, 0, scale, xOf(scale, 2e9))).toMatchObject({ session: 0, time: 2e9 });
  expect(hitTrack(axis, 0, scale, xOf(scale, 1.1e9))).toMatchObject({ session: 1 });
  expect(hitTrack(axis, 0, scale, xOf(scale, 3.9e9))).toBeNull();
});

test('a moment near the pointer is meant before the session around it', () => {
  const axis = track([[0, 1e6]], [5e5]);
  const scale = scaleOf({ from: 0, to: 1e6 }, WIDTH);
  expect(hitTrack(axis, 0, scale, 502)).toEqual({ session: 0, time: 5e5, kind: 'human' });
  expect(hitTrack(axis, 0, scale, 600)).toEqual({ session: 0, time: 6e5, kind: null });
});
