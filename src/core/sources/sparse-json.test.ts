import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, parseObjectText } from './opencode-db/json.ts';
import type { WantedKeys } from './sparse-json.ts';
import { SparseReader } from './sparse-json.ts';

const WANTED: WantedKeys = {
  role: 'value',
  time: { created: 'value' },
  tokens: { input: 'value', cache: { read: 'value' } },
};

function read(text: string): unknown {
  return new SparseReader(WANTED).read(new TextEncoder().encode(text));
}

/** What it should find in what JSON.parse gives. */
function wantedOf(value: object, wanted: WantedKeys): object {
  const pairs = Object.entries(value).flatMap(([key, inside]): [string, unknown][] => {
    const want = Object.hasOwn(wanted, key) ? wanted[key] : undefined;
    if (want === undefined) return [];
    if (want !== 'value' && isObject(inside)) return [[key, wantedOf(inside, want)]];
    if (Array.isArray(inside)) return [[key, []]];
    return [[key, isObject(inside) ? {} : inside]];
  });
  return Object.fromEntries(pairs);
}

const name = fc.constantFrom(
  'role',
  'time',
  'created',
  'tokens',
  'input',
  'cache',
  'read',
  'other',
  '__proto__',
  'rôle',
);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.string(), fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.nat(2e15)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }),
  ),
}));

/** JSON text of a value, in which a list of pairs is an object: it may name a key twice. */
function textOf(of: unknown): string {
  if (!Array.isArray(of)) return JSON.stringify(of) ?? 'null';
  const isPairs = of.length > 0 && of.every((pair) => Array.isArray(pair) && typeof pair[0] === 'string');
  if (!isPairs) return `[${of.map(textOf).join(',')}]`;
  return `{ ${of.map((pair: unknown[]) => `${JSON.stringify(pair[0])} : ${textOf(pair[1])}`).join(', ')} }`;
}

describe('reading few keys of an object in JSON', () => {
  it('finds what JSON.parse does, or leaves it to that', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value.value), { minLength: 1, maxLength: 6 }), (pairs) => {
        const text = textOf(pairs);
        const found = read(text);
        if (found === null) return;
        compared += 1;
        expect(found).toEqual(wantedOf(parseObjectText(text) ?? {}, WANTED));
      }),
      { numRuns: 2_000 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('passes over what was not asked for, at any depth', () => {
    const text = '{"parts":[{"role":"x"}],"role":"user","time":{"created":17,"completed":18},"error":{"a":{}}}';
    expect(read(text)).toEqual({ role: 'user', time: { created: 17 } });
  });

  it.each([
    '',
    '[]',
    '{',
    '{"role":"user"',
    '{"role":"user"}}',
    '{"role":"user"} x',
    '{"role":tru}',
    '{"a":1,}',
    '\u{feff}{}',
  ])('takes nothing from %j, which is no object', (text) => expect(read(text)).toBeNull());

  it.each([
    '{"role":"b\\u0061d"}',
    '{"r\\u006fle":"user"}',
    '{"role":"tür"}',
    `{"a":"${'x'.repeat(20_000)}"}`,
    '{"a":1}\n',
  ])('leaves what is not written the usual way to JSON.parse: %.20s', (text) => expect(read(text)).toBeNull());

  it('gives a text that comes again as the same string', () => {
    const reader = new SparseReader(WANTED);
    const bytes = (role: string): Uint8Array => new TextEncoder().encode(JSON.stringify({ role }));
    expect(['user', 'user', '', 'assistant', 'user'].map((role) => reader.read(bytes(role))?.['role'])).toEqual([
      'user',
      'user',
      '',
      'assistant',
      'user',
    ]);
  });
});
