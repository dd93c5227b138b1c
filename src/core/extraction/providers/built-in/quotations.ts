/** Words in quotation marks: someone else's, or examples. */
import type { Span } from '../../../model/span.ts';

/** A quotation may go over several lines, but not over an empty one, and not without end. */
const LONGEST = 1_200;
const CLOSING: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“', '«': '»', '「': '」', '“ ': '”' };
const SINGLE =
  /(?<=^|[\s(:,])'(?=[\p{L}\p{N}])[^'\n]{0,300}(?:'(?=[\p{L}])[^'\n]{0,300}){0,3}(?<=[\p{L}\p{N}.!?…])'(?=$|[\s.,;:!?)])/gu;

/** In order and apart. A mark that is not closed in its paragraph quotes nothing. */
export function quotations(text: string): Span[] {
  const found: Span[] = [];
  for (let at = 0; at < text.length; at++) {
    const closing = CLOSING[text.charAt(at)];
    if (closing === undefined) continue;
    const end = endOf(text, at, closing);
    if (end === null) continue;
    found.push({ start: at, end });
    at = end - 1;
  }
  for (const { index, 0: words } of text.matchAll(SINGLE)) {
    const span = { start: index, end: index + words.length };
    if (!found.some(({ start, end }) => start < span.end && span.start < end)) found.push(span);
  }
  return found.sort((a, b) => a.start - b.start);
}

function endOf(text: string, start: number, closing: string): number | null {
  const stretch = text.slice(start + 1, start + 1 + LONGEST);
  const length = stretch.indexOf(closing);
  if (length === -1) return null;
  return stretch.slice(0, length).includes('\n\n') ? null : start + 1 + length + closing.length;
}
