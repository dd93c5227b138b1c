/**
 * Which parts of a human message are the human's own sentences. Code, logs, quoted blocks, diffs, terminal output and pasted
 * files are not; neither is what a tool put into the message.
 *
 * Contract: `spans` are in order and apart, and every offset is into the text as it was given. `inline` are code words and
 * addresses inside sentences: they belong to the sentence they stand in, and are no sentence by themselves. A line that could
 * be either is not prose: to miss a sentence costs less than to remember a log.
 */
import type { Span } from '../model/span.ts';
import { overlaps, united } from '../model/span.ts';
import { blockSpans } from './prose-blocks.ts';
import { inlineSpans } from './prose-inline.ts';
import { notProseLines } from './prose-lines.ts';

export interface Prose {
  readonly text: string;
  readonly spans: readonly Span[];
  readonly inline: readonly Span[];
}

/** The prose of one whole human message. */
export function proseOf(text: string): Prose {
  const blocks = united(blockSpans(text));
  const masked = blank(text, blocks);
  const apart = united([...blocks, ...notProseLines(masked)]);
  const spans = between(apart, text.length).filter(({ start, end }) => text.slice(start, end).trim() !== '');
  const inline = inlineSpans(blank(text, apart));
  return { text, spans, inline };
}

/** True when all of a stretch is prose and some of it is a word outside code words and addresses. */
export function isProse(prose: Prose, stretch: Span): boolean {
  const inside = prose.spans.some(({ start, end }) => start <= stretch.start && stretch.end <= end);
  if (!inside) return false;
  return /[\p{L}\p{N}]/u.test(visible(prose, stretch));
}

/** A stretch with its code words and addresses blanked; as long as the stretch. */
export function visible({ text, inline }: Prose, stretch: Span): string {
  const hidden = inline.filter((span) => overlaps(span, stretch));
  return blank(text, hidden).slice(stretch.start, stretch.end);
}

/** The text with spaces where the spans are; line ends stay, so that lines stay lines. */
export function blank(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of spans) {
    result += text.slice(at, start) + text.slice(start, end).replaceAll(/[^\n]/g, ' ');
    at = end;
  }
  return result + text.slice(at);
}

function between(spans: readonly Span[], length: number): Span[] {
  const gaps: Span[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (start > at) gaps.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  if (at < length) gaps.push({ start: at, end: length });
  return gaps;
}
