import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spokenText } from '../opencode-shared/part-rules.ts';
import { parseObject } from './json.ts';
import { isSpokenAtSight } from './spoken-text.ts';

const encoder = new TextEncoder();
const atSight = (json: string): boolean => isSpokenAtSight(encoder.encode(json));
const part = (text: string, more: object = {}): string => JSON.stringify({ type: 'text', text, ...more });

describe('a text that counts as said is seen without decoding it', () => {
  test.each([
    ['plain', part('Use WAL mode.')],
    ['with line ends, quotes and backslashes', part('one\n"two"\t\\three\\')],
    ['of another script', part('a 発送は東京倉庫から ✅')],
    ['with escaped units', '{"type":"text","text":"x\\u00e9\\ud83d\\ude00"}'],
    ['with times', part('done', { time: { start: 1784973002454, end: 1784973003501 } })],
    ['still being written', part('half', { time: { start: 1784973002454 } })],
  ])('%s', (_, json) => {
    expect(atSight(json)).toBe(true);
  });

  test.each([
    ['synthetic', part('hello', { synthetic: true })],
    ['ignored', part('hello', { ignored: true })],
    ['synthetic in front', '{"type":"text","synthetic":true,"text":"hello"}'],
    ['empty', part('')],
    ['blank', part(' \n ')],
    ['replaced by a later key', '{"type":"text","text":"hello","text":""}'],
    ['with anything else', part('hello', { metadata: {} })],
    ['cut', part('hello').slice(0, -2)],
    ['with a control character', '{"type":"text","text":"hel\nlo"}'],
    ['with an escape JSON does not know', '{"type":"text","text":"hel\\xlo"}'],
    ['with more behind it', `${part('hello')}x`],
    ['with a number JSON does not know', '{"type":"text","text":"hello","time":{"start":01}}'],
  ])('not so: %s', (_, json) => {
    expect(atSight(json)).toBe(false);
  });

  test('whatever is seen so, parsing agrees', () => {
    const times = fc.option(fc.record({ start: fc.nat(), end: fc.nat() }), { nil: undefined });
    const change = fc.record({ at: fc.nat(200), byte: fc.nat(255), used: fc.boolean() });
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string());
    fc.assert(
      fc.property(text, times, fc.array(change, { maxLength: 3 }), (words, time, changes) => {
        const bytes = encoder.encode(part(words, time === undefined ? {} : { time }));
        for (const { at, byte, used } of changes) if (used) bytes[at % bytes.length] = byte;
        if (!isSpokenAtSight(bytes)) return;
        expect(spokenText(parseObject(bytes) ?? {})).not.toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });
});
