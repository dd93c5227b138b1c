import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newScanMemory } from './scan-memory.ts';
import { eachField, INVALID, skipSpace, skipValue, toScan } from './json-scan.ts';

/** The text and the line feed that ends every line. */
function lineOf(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\n`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** True when one value, and nothing after it, stands on the line. Both ways to walk agree on where it ends. */
function isOneValue(text: string): boolean {
  const line = lineOf(text);
  const end = skipValue(line, skipSpace(line, 0));
  expect(skipValue(toScan(line), skipSpace(line, 0))).toBe(end);
  return end !== INVALID && skipSpace(line, end) === line.length - 1;
}

const character = fc.constantFrom(...'{}[]",:\\/0123.eE+-truefalsn \t\r\u0001é'.split(''));
const words = fc.string({ unit: fc.constantFrom(...'plain words, é", \\n\\u00e9 \\" \\\\'.split('')), maxLength: 60 });
const text = fc.oneof(
  fc.json(),
  words.map((long) => `{"long":"${long}","next":[1]}`),
  fc.array(words, { maxLength: 4 }).map((all) => JSON.stringify({ all, last: all.join('') })),
  fc.array(character, { maxLength: 12 }).map((characters) => characters.join('')),
  fc
    .tuple(fc.json(), fc.nat(), fc.array(character, { maxLength: 2 }))
    .map(([json, at, put]) => json.slice(0, at % json.length) + put.join('') + json.slice((at % json.length) + 1)),
);

describe('walking over JSON', () => {
  it('takes for JSON exactly what JSON.parse does', () => {
    fc.assert(
      fc.property(text, (json) => {
        // a line feed ends a line, and can't be within one
        expect(isOneValue(json.replaceAll('\n', ' '))).toBe(isJson(json.replaceAll('\n', ' ')));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    '',
    ' ',
    '-',
    '1e',
    '1.',
    '01',
    '-01',
    '1e+',
    '.5',
    'tru',
    'nul',
    '"',
    '"\\',
    '"\\u12',
    '{"a"',
    '{"a":',
    '{,}',
    '[,]',
    '[1 2]',
    '{"a":1 "b":2}',
    '}',
  ])('is not led astray by %s', (json) => expect(isOneValue(json)).toBe(false));

  it('reads sixteen bytes at once here', () => expect(newScanMemory(100)).not.toBeNull());

  it.each([65_279, 65_280, 65_281, 200_000])('follows %i lists in each other', (depth) => {
    expect(isOneValue('['.repeat(depth) + ']'.repeat(depth))).toBe(true);
    expect(isOneValue('['.repeat(depth) + ']'.repeat(depth - 1))).toBe(false);
  });

  it('looks at nothing that was there before', () => {
    toScan(lineOf('"a longer text than the next, with its quote"'));
    const line = toScan(lineOf('"cut'));
    expect(skipValue(line, 0)).toBe(INVALID);
  });

  it('walks over what is too long for it as well', () => {
    const line = lineOf(JSON.stringify(['x'.repeat(5_000_000)]));
    expect(skipValue(toScan(line), 0)).toBe(line.length - 1);
  });

  it('tells of each key of an object where its value stands', () => {
    const line = lineOf('{ "a" : [1, {"b":2}] ,"c\\n":"x}" }');
    const found: string[] = [];
    const end = eachField(line, 0, (nameStart, nameEnd, value) => {
      const after = skipValue(line, value);
      const [name, held] = [line.subarray(nameStart, Math.max(nameStart, nameEnd)), line.subarray(value, after)];
      found.push(`${new TextDecoder().decode(name)}=${new TextDecoder().decode(held)}`);
      return after;
    });
    expect(found).toEqual(['a=[1, {"b":2}]', '="x}"']);
    expect(end).toBe(line.length - 1);
  });
});
