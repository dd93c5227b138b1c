/** For tests: ways in which a file is damaged. */
import fc from 'fast-check';

export interface Damage {
  readonly kind: 'cut' | 'flip' | 'empty' | 'zeros' | 'types' | 'proto' | 'deep' | 'huge';
  /** Where, from 0 to 1. */
  readonly at: number;
  readonly bit: number;
}

export const damages: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom('cut', 'flip', 'empty', 'zeros', 'types', 'proto', 'deep', 'huge'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  bit: fc.integer({ min: 0, max: 7 }),
});

const decoder = new TextDecoder();
const encoder = new TextEncoder();
/** Values in the place of another. */
const WRONG = ['null', '[]', '{}', '-1', '1e400', '"\\ud800"', 'true', '99999999999999999999'];

export function damaged(bytes: Uint8Array, { kind, at, bit }: Damage): Uint8Array {
  const place = Math.floor(at * Math.max(0, bytes.length - 1));
  const text = decoder.decode(bytes);
  switch (kind) {
    case 'cut':
      return bytes.slice(0, place);
    case 'flip':
      return bytes.length === 0 ? bytes : bytes.with(place, (bytes[place] ?? 0) ^ (1 << bit));
    case 'empty':
      return new Uint8Array(0);
    case 'zeros':
      return bytes.map((byte, i) => (i >= place ? 0 : byte));
    case 'types':
      return encoder.encode(withWrongValue(text, at, WRONG[bit] ?? 'null'));
    case 'proto':
      return encoder.encode(text.replace('{', '{"__proto__": {"role": "user", "id": 7}, "constructor": null, '));
    case 'deep':
      return encoder.encode(withWrongValue(text, at, '['.repeat(9_000) + ']'.repeat(9_000)));
    case 'huge':
      return encoder.encode(withWrongValue(text, at, JSON.stringify('x'.repeat(400_000))));
  }
}

function withWrongValue(text: string, at: number, value: string): string {
  const values = [...text.matchAll(/(?<=": )("(?:[^"\\]|\\.)*"|-?\d+|true|false|null)/g)];
  const chosen = values[Math.floor(at * (values.length - 1))];
  return chosen === undefined
    ? text
    : `${text.slice(0, chosen.index)}${value}${text.slice(chosen.index + chosen[0].length)}`;
}
