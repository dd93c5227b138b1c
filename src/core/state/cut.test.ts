import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, PIECE_BYTES, type Placed, SPAN } from './cut.ts';

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 10, 21, 12);

const record = fc.record({
  at: fc.oneof(fc.integer({ min: 0, max: SPAN - 1 }), fc.integer({ min: NOON - 14 * DAY, max: NOON })),
  bytes: fc.integer({ min: 1, max: 40_000 }),
});
const records = fc
  .array(record, { maxLength: 120 })
  .map((all) => all.map(({ at, bytes }, id): Placed<number> => ({ record: id, at, bytes })));

function textOf(placed: readonly Placed<number>[]): Map<string, string> {
  return new Map(cut(placed).map(({ name, records }) => [name, records.toSorted((a, b) => a - b).join()]));
}

describe('pieces', () => {
  test('hold every record once', () => {
    fc.assert(
      fc.property(records, (placed) => {
        const found = cut(placed).flatMap((piece) => piece.records);
        expect(found.toSorted((a, b) => a - b)).toEqual(placed.map((each) => each.record));
      }),
    );
  });

  test('have names of their own and are no larger than they may be, unless one record is', () => {
    fc.assert(
      fc.property(records, (placed) => {
        const bytes = new Map(placed.map((each) => [each.record, each.bytes]));
        const at = new Map(placed.map((each) => [each.record, each.at]));
        const pieces = cut(placed);
        expect(new Set(pieces.map(({ name }) => name)).size).toBe(pieces.length);
        for (const { records } of pieces) {
          const size = records.reduce((sum, id) => sum + (bytes.get(id) ?? 0), 0);
          const moments = new Set(records.map((id) => at.get(id))).size;
          expect(size <= PIECE_BYTES || moments === 1).toBe(true);
        }
      }),
    );
  });

  test('do not depend on the order records come in', () => {
    fc.assert(
      fc.property(records, fc.array(fc.nat(), { minLength: 120, maxLength: 120 }), (placed, keys) => {
        const shuffled = placed
          .map((each, at) => ({ each, key: keys[at] ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ each }) => each);
        expect(textOf(shuffled)).toEqual(textOf(placed));
      }),
    );
  });

  test('stay as they are but for the one a new record falls into', () => {
    fc.assert(
      fc.property(records, record, (placed, { at }) => {
        const before = textOf(placed);
        const after = textOf([...placed, { record: placed.length, at, bytes: 1 }]);
        const changed = [...after].filter(([name, text]) => before.get(name) !== text);
        const gone = [...before.keys()].filter((name) => !after.has(name));
        expect(gone.length).toBeLessThanOrEqual(1);
        // its own piece, and when that had to be halved the parts of it, which hold what was in it
        const inItsPiece =
          gone.length === 0 ? [before.get(changed[0]?.[0] ?? '') ?? ''] : gone.map((name) => before.get(name) ?? '');
        const moved = changed.flatMap(([, text]) => text.split(',')).filter((id) => id !== `${placed.length}`);
        expect(moved.toSorted()).toEqual(
          inItsPiece
            .flatMap((text) => text.split(','))
            .filter((id) => id !== '')
            .toSorted(),
        );
        expect(changed.length === 1 || gone.length === 1).toBe(true);
      }),
    );
  });
});
