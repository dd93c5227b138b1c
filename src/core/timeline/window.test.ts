import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastDaysWindow, lengthOf, moved, SHORTEST_MS, showing, wholeWindow, within, zoomed } from './window.ts';

const DAY = 86_400_000;
const WHOLE = wholeWindow(0, 1_000 * DAY);

test('one instant is a minute, with a margin', () => {
  const whole = wholeWindow(500, 500);
  expect(lengthOf(whole)).toBeGreaterThanOrEqual(SHORTEST_MS);
  expect((whole.from + whole.to) / 2).toBe(500);
});

test('the time under the pointer stays there while it is zoomed', () => {
  const shown = { from: 100 * DAY, to: 200 * DAY };
  const anchor = 130 * DAY;
  const near = zoomed(shown, 0.5, anchor, WHOLE);
  expect((anchor - near.from) / lengthOf(near)).toBeCloseTo(0.3);
  expect(lengthOf(near)).toBeCloseTo(50 * DAY);
});

test('out again after in is where it was', () => {
  const shown = { from: 100 * DAY, to: 200 * DAY };
  const back = zoomed(zoomed(shown, 0.5, 120 * DAY, WHOLE), 2, 120 * DAY, WHOLE);
  expect(back.from).toBeCloseTo(shown.from);
  expect(back.to).toBeCloseTo(shown.to);
});

const time = fc.integer({ min: -500, max: 1_500 }).map((days) => days * DAY);

test('whatever is done, the window lies inside the whole and is not shorter than a minute', () => {
  const deed = fc.oneof(
    fc.tuple(fc.constant('zoom' as const), fc.double({ min: 0.001, max: 1_000, noNaN: true }), time),
    fc.tuple(fc.constant('move' as const), time, time),
    fc.tuple(fc.constant('show' as const), time, time),
    fc.tuple(fc.constant('days' as const), fc.integer({ min: 1, max: 5_000 }), time),
  );
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 20 }), (deeds) => {
      let shown = WHOLE;
      for (const [what, by, at] of deeds) {
        if (what === 'zoom') shown = zoomed(shown, by, at, WHOLE);
        else if (what === 'move') shown = moved(shown, by, WHOLE);
        else if (what === 'show') shown = showing(shown, { from: Math.min(by, at), to: Math.max(by, at) }, WHOLE);
        else shown = lastDaysWindow(by, at, WHOLE);
        expect(shown.from).toBeGreaterThanOrEqual(WHOLE.from - 1);
        expect(shown.to).toBeLessThanOrEqual(WHOLE.to + 1);
        expect(lengthOf(shown)).toBeGreaterThanOrEqual(SHORTEST_MS - 1);
      }
    }),
  );
});

test('what is in sight does not move the window; what is not is brought into it', () => {
  const shown = { from: 100 * DAY, to: 200 * DAY };
  expect(showing(shown, { from: 110 * DAY, to: 120 * DAY }, WHOLE)).toBe(shown);
  const there = showing(shown, { from: 700 * DAY, to: 701 * DAY }, WHOLE);
  expect(there.from).toBeLessThan(700 * DAY);
  expect(there.to).toBeGreaterThan(701 * DAY);
  expect(lengthOf(there)).toBe(lengthOf(shown));
});

test('more than there is is the whole', () => {
  expect(within({ from: -9_000 * DAY, to: 9_000 * DAY }, WHOLE)).toEqual(WHOLE);
});
