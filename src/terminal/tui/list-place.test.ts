import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AT_END, AT_START, goneTo, settled } from './list-place.ts';

test('whatever happens to a list, the marked row exists, is in sight, and no line is wasted', () => {
  const number = fc.oneof(fc.integer({ min: -5, max: 300 }), fc.constant(Number.POSITIVE_INFINITY));
  fc.assert(
    fc.property(number, number, fc.nat(200), fc.integer({ min: 1, max: 40 }), (cursor, top, total, height) => {
      const place = settled({ cursor, top }, total, height);
      expect(place.cursor).toBeGreaterThanOrEqual(0);
      expect(place.cursor).toBeLessThan(Math.max(1, total));
      expect(place.top).toBeGreaterThanOrEqual(0);
      expect(place.top).toBeLessThanOrEqual(place.cursor);
      expect(place.cursor).toBeLessThan(place.top + height);
      expect(place.top).toBeLessThanOrEqual(Math.max(0, total - height));
    }),
  );
});

test('who is at the end stays there when more comes; who is elsewhere stays at the row', () => {
  const end = goneTo(AT_START, 99, 100, 10);
  expect(end).toEqual(AT_END);
  expect(settled(end, 120, 10)).toEqual({ cursor: 119, top: 110 });
  const middle = goneTo(end, 50, 100, 10);
  expect(settled(middle, 120, 10)).toEqual({ cursor: 50, top: 50 });
});

test('going down moves the window only at its lower edge', () => {
  const at9 = goneTo(AT_START, 9, 100, 10);
  expect(at9).toEqual({ cursor: 9, top: 0 });
  expect(goneTo(at9, 10, 100, 10)).toEqual({ cursor: 10, top: 1 });
});
