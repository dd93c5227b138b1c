import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Document } from './documents.ts';
import { searchable } from './fold.ts';
import { hasAll } from './match.ts';
import { isNarrower, Narrowing } from './narrowing.ts';
import { parseQuery } from './query.ts';

function documentsOf(texts: readonly string[]): Document<string>[] {
  return texts.map((text) => ({ value: text, ...searchable(text) }));
}

function find(narrowing: Narrowing<string>, all: readonly Document<string>[], typed: string): string[] {
  return narrowing.find(all, parseQuery(typed, 'UTC'), () => true).map(({ value }) => value);
}

const TEXTS = ['the retry loop', 'a retry', 'the loop', 'nothing'];

it('as more is typed only what was found is looked at', () => {
  const all = documentsOf(TEXTS);
  const narrowing = new Narrowing<string>();
  const looked = (typed: string): number => {
    const before = narrowing.looked;
    find(narrowing, all, typed);
    return narrowing.looked - before;
  };
  expect(['r', 're', 'retry', 'retry ', 'retry l', 'retry lo'].map(looked)).toEqual([4, 2, 2, 2, 2, 1]);
  // something else, other filters, other documents: all of them
  expect(looked('loop')).toBe(4);
  expect(looked('loop tool:claude')).toBe(4);
  find(narrowing, documentsOf(TEXTS), 'loop tool:claude');
  expect(narrowing.looked).toBe(25);
});

const word = fc.constantFrom('a', 'ab', 'abc', 'b', '"a b"', '"a b', '"ab ', 'b ', 'tool:claude', ' ');
const typed = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));

it('what was found before is found again: whatever was typed in between', () => {
  const text = fc
    .array(fc.constantFrom('a', 'ab', 'abc', 'b', 'aB', ' ', '\n'), { maxLength: 6 })
    .map((all) => all.join(' '));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), fc.array(typed, { minLength: 1, maxLength: 6 }), (texts, queries) => {
      const all = documentsOf(texts);
      const narrowing = new Narrowing<string>();
      for (const query of queries.flatMap((each) => [each.slice(0, -2), each.slice(0, -1), each]))
        expect(find(narrowing, all, query)).toEqual(find(new Narrowing(), all, query));
    }),
    { numRuns: 500 },
  );
});

it('a narrower query finds nothing that the one before did not', () => {
  const text = fc
    .array(fc.constantFrom('a', 'ab', 'abc', 'b', 'aB', ' '), { maxLength: 6 })
    .map((all) => all.join(' '));
  fc.assert(
    fc.property(typed, typed, text, (before, next, said) => {
      const [first, second] = [parseQuery(before, 'UTC').terms, parseQuery(next, 'UTC').terms];
      fc.pre(isNarrower(second, first) && hasAll(second, searchable(said)));
      expect(hasAll(first, searchable(said))).toBe(true);
    }),
  );
});
