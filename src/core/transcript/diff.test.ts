import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diffLines } from './diff.ts';

function sides(before: string, after: string): [string[], string[]] {
  const lines = diffLines(before, after);
  const side = (mark: string): string[] => lines.filter((line) => line.mark !== mark).map(({ text }) => text);
  return [side('+'), side('-')];
}

const text = fc.array(fc.constantFrom('a', 'b', 'c', '', '  d'), { maxLength: 30 }).map((lines) => lines.join('\n'));
const linesOf = (value: string): string[] => (value === '' ? [] : value.split('\n'));

it('shows what changed, and what is around it', () => {
  expect(diffLines('one\ntwo\nthree', 'one\n2\nthree').map(({ mark, text: line }) => mark + line)).toEqual([
    ' one',
    '-two',
    '+2',
    ' three',
  ]);
});

it('holds both texts whole, whatever they are', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(sides(before, after)).toEqual([linesOf(before), linesOf(after)]);
    }),
    { numRuns: 500 },
  );
});

it('finds the shortest way', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changed = diffLines(before, after).filter(({ mark }) => mark !== ' ').length;
      expect(changed).toBe(shortest(linesOf(before), linesOf(after)));
    }),
    { numRuns: 300 },
  );
});

it('gives up on texts that have nothing in common before it takes long', () => {
  const many = (word: string): string => Array.from({ length: 20_000 }, (_, at) => `${word} ${at}`).join('\n');
  const lines = diffLines(many('before'), many('after'));
  expect(lines).toHaveLength(40_000);
  expect(lines.slice(0, 20_000).every(({ mark }) => mark === '-')).toBe(true);
});

function shortest(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const line of a) {
    const next = [(row[0] ?? 0) + 1];
    for (const [at, other] of b.entries()) {
      const least = Math.min(row[at + 1] ?? 0, next[at] ?? 0) + 1;
      next.push(line === other ? Math.min(least, row[at] ?? 0) : least);
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
