import type { Span } from '../model/span.ts';

/** Where a piece may end, the best first: after a paragraph, a line, a sentence, a word. */
const ENDS: readonly RegExp[] = [/\n[ \t]*\n\s*/g, /\n/g, /[.!?。！？]\s+/g, /\s+/g];
/** A piece is cut no shorter than this part of what fits, where a better end can be had. */
const SHORTEST = 0.5;

/** Pieces of a text of at most `units` UTF-16 units each, which together are the whole text. Never half a character. */
export function splitText(text: string, units: number): Span[] {
  const pieces: Span[] = [];
  for (let start = 0; start < text.length;) {
    const end = text.length - start <= units ? text.length : endOfPiece(text, start, Math.max(2, units));
    pieces.push({ start, end });
    start = end;
  }
  return pieces;
}

function endOfPiece(text: string, start: number, units: number): number {
  const room = text.slice(start, start + units);
  for (const pattern of ENDS) {
    const last = [...room.matchAll(pattern)].at(-1);
    const end = last === undefined ? 0 : last.index + last[0].length;
    if (end >= units * SHORTEST) return start + end;
  }
  const code = text.charCodeAt(start + units - 1);
  const halvesCharacter = code >= 0xd800 && code <= 0xdbff;
  return start + (halvesCharacter ? units - 1 : units);
}
