/** The sentences of a human message, each where it stands. By our own rules: what browsers and Node bring differs by version. */
import type { Span } from '../model/span.ts';
import { linesOf } from './prose-blocks.ts';
import type { Prose } from './prose.ts';
import { isProse, proseOf, visible } from './prose.ts';

export interface Sentence extends Span {
  /** The words as they stand in the message. */
  readonly text: string;
  /** The same with blanks for code words and addresses: as long as `text`. */
  readonly visible: string;
}

/** Words before a full stop that ends nothing. */
const SHORTENED =
  /(?:^|[\s(])(?:e\.g|i\.e|vs|cf|approx|mr|mrs|ms|dr|prof|st|no|resp|incl|min|max|fig|ca|z\.b|d\.h|bzw|usw)$/i;
/** A line this long was broken by its width, when the next one goes on in small letters. */
const WRAPPED_LENGTH = 50;
const MARKER = /^\s*(?:[-*+•–]\s+|\d{1,3}[.)]\s+|#{1,6}\s+|\[[ x]\]\s+)+/i;

/** In the order of the message. `prose` is `proseOf(text)`, where it is known already. */
export function sentencesOf(text: string, prose: Prose = proseOf(text)): Sentence[] {
  return prose.spans
    .flatMap((span) => paragraphs(text, span))
    .flatMap((span) => split(text, span, prose))
    .map((span) => trimmed(text, span))
    .filter((span) => span.end > span.start && isProse(prose, span))
    .map((span) => ({ ...span, text: text.slice(span.start, span.end), visible: visible(prose, span) }));
}

/** Lines that belong together: a line that was broken by its width goes on in the next one. */
function paragraphs(text: string, { start, end }: Span): Span[] {
  const found: { start: number; end: number }[] = [];
  let before = '';
  for (const { start: at, line } of linesOf(text.slice(start, end))) {
    const marker = MARKER.exec(line)?.[0] ?? '';
    const from = start + at + marker.length;
    const last = found.at(-1);
    if (last !== undefined && marker === '' && goesOn(before, line)) last.end = start + at + line.length;
    else if (line.trim() !== '') found.push({ start: from, end: start + at + line.length });
    before = line;
  }
  return found;
}

function goesOn(before: string, line: string): boolean {
  return before.length >= WRAPPED_LENGTH && /^\s*[\p{Ll}\p{Lo}(`"'\d]/u.test(line) && !/[.!?:。！？]\s*$/.test(before);
}

function split(text: string, { start, end }: Span, prose: Prose): Span[] {
  const found: Span[] = [];
  const words = visible(prose, { start, end });
  let from = 0;
  for (const { index, 0: mark } of words.matchAll(/[.!?…]+["'”’)\]]*(?=\s|$)|[。！？]+/g)) {
    if (mark.startsWith('.') && !endsSentence(words, index, index + mark.length)) continue;
    found.push({ start: start + from, end: start + index + mark.length });
    from = index + mark.length;
  }
  found.push({ start: start + from, end });
  return found.filter((span) => text.slice(span.start, span.end).trim() !== '');
}

/** Not after "e.g.", an initial or the number of an item; after "etc." when what follows begins anew. */
function endsSentence(words: string, at: number, after: number): boolean {
  const next = words.slice(after, after + 40).trimStart();
  const before = words.slice(Math.max(0, at - 12), at);
  if (next === '') return true;
  if (/\betc$/i.test(before)) return !/^\p{Ll}/u.test(next);
  return !(SHORTENED.test(before) || /(?:^|\s)\p{Lu}$/u.test(before) || /(?:^|\s)\d{1,2}$/.test(before));
}

function trimmed(text: string, { start, end }: Span): Span {
  const words = text.slice(start, end);
  const from = start + (words.length - words.trimStart().length);
  return { start: from, end: Math.max(from, end - (words.length - words.trimEnd().length)) };
}
