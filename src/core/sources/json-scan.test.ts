import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachField, INVALID, skipSpace, skipValue } from './json-scan.ts';

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

/** True when one value, and nothing after it, stands on the line. */
function isOneValue(text: string): boolean {
  const line = lineOf(text);
  const end = skipValue(line, skipSpace(line, 0));
  return end !== INVALID && skipSpace(line, end) === line.length - 1;
}

const character = fc.constantFrom(...'{}[]",:\\/0123.eE+-truefalsn \t\r\u0001é'.split(''));
const text = fc.oneof(
  fc.json(),
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
