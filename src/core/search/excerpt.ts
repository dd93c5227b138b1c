import type { Marked } from '../model/search-views.ts';
import type { Span } from '../model/span.ts';
import { united } from '../model/span.ts';
import type { Searchable } from './fold.ts';
import type { Term } from './match.ts';
import { findTerm } from './match.ts';

/** UTF-16 units that are shown of a long text, and of them before the first word that was found. */
const SHOWN = 240;
const BEFORE = 60;
const MOST_MARKS = 24;

/** The text around the longest of the words, which says most, on one line, with every word in sight marked. */
export function excerpt(terms: readonly Term[], searched: Searchable): Marked {
  const { text } = searched;
  const first = byLength(terms).flatMap((term) => findTerm(term, searched) ?? [])[0];
  const from = text.length <= SHOWN || first === undefined ? 0 : wordBegin(text, first.start - BEFORE);
  const to = wordEnd(text, from + SHOWN, first?.end ?? 0);
  const [before, after] = [from > 0 ? '…' : '', to < text.length ? '…' : ''];
  const marks = marksIn(terms, searched, { start: from, end: to });
  return {
    // one unit for one: the marks stay where they are
    text: before + text.slice(from, to).replaceAll(/\s/g, ' ') + after,
    marks: marks.map(({ start, end }) => ({
      start: start - from + before.length,
      end: Math.min(end, to) - from + before.length,
    })),
  };
}

function byLength(terms: readonly Term[]): Term[] {
  const lengthOf = ({ words }: Term): number => words.join(' ').length;
  return terms.toSorted((a, b) => lengthOf(b) - lengthOf(a));
}

/** A short text whole, with every word marked. */
export function marked(terms: readonly Term[], searched: Searchable): Marked {
  return { text: searched.text, marks: marksIn(terms, searched, { start: 0, end: searched.text.length }) };
}

function marksIn(terms: readonly Term[], searched: Searchable, { start, end }: Span): Span[] {
  const found: Span[] = [];
  for (const term of terms) {
    let span = findTerm(term, searched, start);
    for (let count = 0; span !== null && span.start < end && count < MOST_MARKS; count++) {
      found.push(span);
      span = findTerm(term, searched, span.end);
    }
  }
  return united(found);
}

/** The nearest beginning of a word at or after a place, unless that is far. */
function wordBegin(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.slice(at, at + BEFORE / 2).search(/\s/);
  return whole(text, space === -1 ? at : at + space + 1);
}

function wordEnd(text: string, at: number, least: number): number {
  const end = Math.max(at, least);
  if (end >= text.length) return text.length;
  const space = text.slice(end - BEFORE / 2, end).search(/\s\S*$/);
  return whole(text, space === -1 || end - BEFORE / 2 + space < least ? end : end - BEFORE / 2 + space);
}

/** Not between the two halves of one sign. */
function whole(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at;
}
