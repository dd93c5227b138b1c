import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareBytes, signed, u32, varint, varintLength } from './big-endian.ts';

/** As https://sqlite.org/fileformat2.html describes it, in the slowest way. */
function encode(value: bigint): Uint8Array {
  const unsigned = BigInt.asUintN(64, value);
  if (unsigned >= 1n << 56n) {
    const out = [Number(unsigned & 255n)];
    for (let rest = unsigned >> 8n, i = 0; i < 8; i++, rest >>= 7n) out.unshift(Number(rest & 127n) | 128);
    return Uint8Array.from(out);
  }
  const out = [Number(unsigned & 127n)];
  for (let rest = unsigned >> 7n; rest > 0n; rest >>= 7n) out.unshift(Number(rest & 127n) | 128);
  return Uint8Array.from(out);
}

test('a variable-length integer of any length is read as it was written', () => {
  fc.assert(
    fc.property(fc.bigInt(-(2n ** 53n), 2n ** 53n), fc.nat(3), (value, before) => {
      const bytes = new Uint8Array([...Array<number>(before).fill(255), ...encode(value), 255]);
      expect(varint(bytes, before)).toBe(Number(value));
      expect(varintLength(bytes, before)).toBe(encode(value).length);
    }),
  );
});

test('values of 64 bits are rounded, not wrong', () => {
  expect(varint(encode(2n ** 62n), 0)).toBe(2 ** 62);
  expect(varint(encode(-(2n ** 63n)), 0)).toBe(-(2 ** 63));
});

test('integers of 1 to 6 bytes keep their sign', () => {
  expect(signed(Uint8Array.of(0xff), 0, 1)).toBe(-1);
  expect(signed(Uint8Array.of(0x80, 0), 0, 2)).toBe(-32768);
  expect(signed(Uint8Array.of(0x7f, 0xff, 0xff), 0, 3)).toBe(0x7fffff);
  expect(signed(Uint8Array.of(0x80, 0, 0, 0), 0, 4)).toBe(-(2 ** 31));
  expect(signed(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xfe), 0, 6)).toBe(-2);
});

test('bytes past the end count as nothing', () => {
  expect(u32(Uint8Array.of(1, 2), 0)).toBe(0x01020000);
  expect(varint(new Uint8Array(0), 4)).toBe(0);
});

test('bytes compare as memcmp does, the shorter first', () => {
  const key = Uint8Array.of(5, 6);
  const compare = (...bytes: number[]): number => Math.sign(compareBytes(Uint8Array.from(bytes), 0, bytes.length, key));
  expect([compare(5, 6), compare(5), compare(5, 6, 0), compare(4, 9), compare(200)]).toEqual([0, -1, 1, -1, 1]);
});
