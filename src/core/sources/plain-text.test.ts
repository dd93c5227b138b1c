import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Text } from './plain-text.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

test('any bytes are the text a decoder makes of them, short or long, ASCII or not', () => {
  const ascii = fc.uint8Array({ max: 0x7f, maxLength: 6_000, size: 'max' });
  const text = fc.string({ unit: 'grapheme' }).map((each) => new TextEncoder().encode(each));
  fc.assert(
    fc.property(fc.oneof(ascii, text, fc.uint8Array()), (bytes) => {
      expect(utf8Text(bytes)).toBe(decoder.decode(bytes));
    }),
  );
});

test.each([0, 4_095, 4_096, 4_097, 100_000])('%i bytes of ASCII are text', (length) => {
  expect(utf8Text(new Uint8Array(length).fill(0x61))).toBe('a'.repeat(length));
});
