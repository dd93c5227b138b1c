import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseQuery } from './query.ts';

function parse(text: string) {
  return parseQuery(text, 'Europe/Berlin');
}

it('words are folded, the last one may still be typed', () => {
  expect(parse('Why Café').terms).toEqual([
    { words: ['why'], whole: true },
    { words: ['cafe'], whole: false },
  ]);
  expect(parse('why ').terms).toEqual([{ words: ['why'], whole: true }]);
});

it('a phrase is its words in order; one that is not closed may still be typed', () => {
  expect(parse('"Retry  loop"').terms).toEqual([{ words: ['retry', 'loop'], whole: true }]);
  expect(parse('"retry lo').terms).toEqual([{ words: ['retry', 'lo'], whole: false }]);
});

it('filters are words with a name before them', () => {
  const { terms, filters, inTools, notes } = parse(
    'wal tool:claude Project:"My Shop" persona:build role:human since:2026-03-28 until:2026-03-29 in:tools',
  );
  expect(terms).toEqual([{ words: ['wal'], whole: true }]);
  expect(filters).toEqual({
    tool: 'claude',
    project: 'My Shop',
    persona: 'build',
    role: 'user',
    since: Date.parse('2026-03-28T00:00:00+01:00'),
    // the day on which clocks went forward
    until: Date.parse('2026-03-29T23:59:59.999+02:00'),
  });
  expect(inTools).toBe(true);
  expect(notes).toEqual([]);
});

it('what is typed so far of a filter is neither a word nor a mistake', () => {
  expect(parse('wal project:')).toMatchObject({ terms: [{ words: ['wal'] }], notes: [] });
  expect(parse('tool:cl').filters.tool).toBe('claude');
});

it('a filter that can not be is left out and said', () => {
  const { filters, notes } = parse('tool:emacs role:boss since:soon until:2026-02-30 in:box');
  expect(filters).toEqual({ tool: null, project: null, persona: null, role: null, since: null, until: null });
  expect(notes).toHaveLength(5);
  expect(notes[2]).toBe('“since:soon” is no date: write it as since:2026-01-31.');
});

it('a colon elsewhere is part of the word', () => {
  expect(parse('http://localhost:80 note:this ').terms.map(({ words }) => words)).toEqual([
    ['http://localhost:80'],
    ['note:this'],
  ]);
});

it('never throws, and asks for a bounded number of words', () => {
  const piece = fc.constantFrom('tool:', 'since:', 'project:', '"', ' ', ':', '2026-13-40', 'a', '“', '\n', 'T', 'in:');
  const text = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
    fc.array(piece, { maxLength: 80 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (typed) => {
      const { terms } = parse(typed);
      expect(terms.length).toBeLessThanOrEqual(24);
      for (const { words } of terms) {
        expect(words.length).toBeGreaterThan(0);
        expect(words).not.toContain('');
      }
    }),
  );
});

it('a day begins where its clock does, also where there is no midnight', () => {
  const { filters } = parseQuery('since:2018-11-04 until:2018-11-03', 'America/Sao_Paulo');
  // at midnight the clock went on to 1:00
  expect(filters.since).toBe(Date.UTC(2018, 10, 4, 3));
  expect(filters.until).toBe(Date.UTC(2018, 10, 4, 3) - 1);
});
