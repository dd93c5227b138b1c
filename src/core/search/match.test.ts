import fc from 'fast-check';
import { expect, it } from 'vitest';
import { excerpt } from './excerpt.ts';
import { searchable } from './fold.ts';
import { findTerm, hasAll } from './match.ts';
import { parseQuery } from './query.ts';

function finds(query: string, text: string): boolean {
  return hasAll(parseQuery(query, 'UTC').terms, searchable(text));
}

it.each([
  ['retry', 'The Retry loop'],
  ['ret', 'The retry loop'],
  ['loop retry', 'The retry loop'],
  ['resume', 'Send the RÉSUMÉ'],
  ['résumé', 'send the resume'],
  ['resume', 'send the résumé'],
  ['user', 'getUserName()'],
  ['getusername', 'getUserName()'],
  ['getUser', 'getUserName()'],
  ['user name', 'getUserName()'],
  ['server', 'HTTPServer'],
  ['bar', 'foo_bar'],
  ['foo_bar', 'let foo_bar = 1'],
  ['billing', '/src/billing/total.ts'],
  ['total.ts', '/src/billing/total.ts'],
  ['/src/billing', '/src/billing/total.ts'],
  ['.ts', '/src/billing/total.ts'],
  ['1528', 'asked in #1528'],
  ['#1528', 'asked in #1528'],
  ['1528', 'issue1528'],
  ['検索', '全文検索の索引'],
  ['索', '全文検索の索引'],
  ['검색', '전문검색을'],
  ['тесты', 'Готово: Тесты проходят'],
  ['еще', 'Ещё раз'],
  ['"retry loop"', 'the retry\n  loop ends'],
  ["don't", 'we don’t'],
  ['İstanbul', 'istanbul'],
  ['ｗｉｄｅ', 'wide letters'],
  ['“retry loop”', 'the retry loop'],
])('%s finds “%s”', (query, text) => {
  expect(finds(query, text)).toBe(true);
});

it.each([
  ['etry', 'the retry loop'],
  ['ret loop', 'the retry loop'],
  ['retr ', 'the retry loop'],
  ['"retry loop"', 'the loop to retry'],
  ['"retry lo"', 'the retry loop'],
  ['sername', 'getUserName()'],
  ['retry missing', 'the retry loop'],
  ['retryloop', 'the retry loop'],
])('%s does not find “%s”', (query, text) => {
  expect(finds(query, text)).toBe(false);
});

const SIGNS = 'a A b B Z 0 9 _ - . / # é É ß İ 検 字 क ि 🚀 ’ " e\u0301 ﬁ'.split(' ').concat(' ', '\n', '\u00a0');
const sign = fc.constantFrom(...SIGNS);
const anyText = fc.array(sign, { maxLength: 40 }).map((signs) => signs.join(''));
const anyUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

it('every word of a text finds it, whatever it is made of', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const words = text.split(/\s+/).filter((word) => word !== '' && !word.includes('"'));
      const queries = words.flatMap((word) => [word, `${word} `, `"${word}"`]);
      expect(queries.filter((query) => !finds(query, text))).toEqual([]);
    }),
  );
});

it('as a word is typed, what it will find is found all along', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const composed = text.normalize('NFC');
      const [word = ''] = composed.split(/[\s"]+/).filter((each) => each !== '');
      const typed = Array.from(word, (_, at) => word.slice(0, at + 1)).filter(
        (begun) => !/[\uD800-\uDBFF]$/.test(begun),
      );
      expect(typed.filter((begun) => !finds(begun, composed))).toEqual([]);
    }),
  );
});

it('a place in the folded text is the place in the text', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, anyUnits), (text) => {
      const { text: composed, folded } = searchable(text);
      expect(folded).toHaveLength(composed.length);
    }),
  );
  const text = searchable('Naïve Café');
  expect(findTerm({ words: ['cafe'], whole: true }, text)).toEqual({ start: 6, end: 10 });
});

it('an excerpt shows the words that were found, marked, and says where it was cut', () => {
  const text = `${'before '.repeat(60)}the needle is here${' after'.repeat(60)}`;
  const { terms } = parseQuery('needle here', 'UTC');
  const shown = excerpt(terms, searchable(text));
  expect(shown.text).toMatch(/^….+…$/);
  expect(shown.text.length).toBeLessThan(260);
  expect(shown.marks.map(({ start, end }) => shown.text.slice(start, end))).toEqual(['needle', 'here']);
});

it('an excerpt is about the longest word, not about the one that stands everywhere', () => {
  const { terms } = parseQuery('the needle', 'UTC');
  expect(excerpt(terms, searchable(`${'the hay '.repeat(100)}needle`)).text).toMatch(/needle$/);
});

it('marks of an excerpt are words of the query, for any text', () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 30 }), (texts) => {
      const text = texts.join(' ');
      const shown = excerpt(parseQuery('a b9', 'UTC').terms, searchable(text));
      const found = shown.marks.map(({ start, end }) => searchable(shown.text).folded.slice(start, end));
      // words that touch are one stretch
      for (const words of found) expect(words).toMatch(/^(a|b9)+$/);
    }),
  );
});
