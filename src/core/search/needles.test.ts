import fc from 'fast-check';
import { expect, it } from 'vitest';
import { searchable } from './fold.ts';
import { hasAll } from './match.ts';
import { byteTest } from './needles.ts';
import { parseQuery } from './query.ts';

const encoder = new TextEncoder();

function mayHold(query: string, text: string): boolean {
  return byteTest(parseQuery(query, 'UTC').terms)?.(encoder.encode(text)) ?? true;
}

it('bytes without a word of the query need no decoding', () => {
  expect(mayHold('retry', JSON.stringify({ type: 'text', text: 'Nothing of it “here” – 検索 🚀\n' }))).toBe(false);
  expect(mayHold('retry loop', 'neither of them')).toBe(false);
  expect(mayHold('retry', 'RETRYING')).toBe(true);
  expect(mayHold('"the retry loop"', 'the ReTrY  loop')).toBe(true);
});

it('one word of several is enough: the others may stand in another part', () => {
  expect(mayHold('retry loop', 'a loop')).toBe(true);
});

it('of other scripts bytes tell nothing', () => {
  expect(byteTest(parseQuery('検索 retry', 'UTC').terms)).toBeNull();
});

const signs = 'a A b B k K s r é É e\u0301 Å \u212B \u212A ſ ø ł ı İ ａ Ｂ ’ “ 検 д " \\ \n / _ - 1 ｲ １ 🚀'
  .split(' ')
  .concat(' ');
const text = fc.array(fc.constantFrom(...signs), { maxLength: 12 }).map((all) => all.join(''));
const query = fc
  .array(fc.constantFrom(...'a b k s é å o l i 1 検 _ ab ka 1a'.split(' '), ' '), { maxLength: 6 })
  .map((all) => all.join(''));

it('never passes over a text that has a word of the query, however it is written', () => {
  fc.assert(
    fc.property(text, query, (said, asked) => {
      const { terms } = parseQuery(asked, 'UTC');
      const isFound = terms.some((term) => hasAll([term], searchable(said)));
      const test = byteTest(terms) ?? (() => true);
      const escaped = JSON.stringify(said).replaceAll(
        /[^ -~]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
      const written = [said, JSON.stringify({ text: said }), escaped];
      const passedOver = written.filter((each) => !test(encoder.encode(each)));
      expect(isFound ? passedOver : []).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});
