import { expect, test } from 'vitest';
import fc from 'fast-check';
import { RowidBits } from './rowid-bits.ts';

test('row ids that were added are there and no others, whatever they are', () => {
  const rowid = fc.oneof(fc.integer({ min: 0, max: 300_000 }), fc.maxSafeInteger());
  fc.assert(
    fc.property(fc.array(rowid), fc.array(rowid), (added, asked) => {
      const bits = new RowidBits();
      for (const each of added) bits.add(each);
      for (const each of [...added, ...asked]) expect(bits.has(each)).toBe(added.includes(each));
    }),
  );
});
