/** Whether a text has the words that are looked for, and where. */
import type { Span } from '../model/span.ts';
import { isBoundary } from './boundary.ts';
import type { Searchable } from './fold.ts';

/** A word, or several in quotes, folded. */
export interface Term {
  /** One after the other, with white space between them. Never empty, nor is any of them. */
  readonly words: readonly string[];
  /** False while the last word may still be typed: any that begins with it is meant. */
  readonly whole: boolean;
}

/** All of the terms stand in the text, wherever. */
export function hasAll(terms: readonly Term[], searched: Searchable): boolean {
  return terms.every((term) => findTerm(term, searched) !== null);
}

/** The first place of a term at or after `from`. */
export function findTerm({ words, whole }: Term, { text, folded }: Searchable, from = 0): Span | null {
  const [first = ''] = words;
  for (let start = folded.indexOf(first, from); start !== -1; start = folded.indexOf(first, start + 1)) {
    if (!isBoundary(text, start)) continue;
    const end = endOf(words, folded, start);
    if (end !== -1 && (!whole || isBoundary(text, end))) return { start, end };
  }
  return null;
}

/** Where words that begin at `start` end; -1 when others stand there. */
function endOf(words: readonly string[], folded: string, start: number): number {
  let end = start;
  for (const [at, word] of words.entries()) {
    const next = at === 0 ? start : afterSpaces(folded, end);
    if ((at > 0 && next === end) || !folded.startsWith(word, next)) return -1;
    end = next + word.length;
  }
  return end;
}

function afterSpaces(folded: string, at: number): number {
  let end = at;
  while (folded[end] === ' ') end += 1;
  return end;
}
