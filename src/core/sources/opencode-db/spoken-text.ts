/**
 * Of a long history most texts are kept by nobody. That there is one, and that it counts as said, is seen in its bytes, without
 * decoding it and without leaving anything behind. Only what is written the usual way is recognised; the rest is for JSON.parse.
 */
import { isAt } from '../is-at.ts';

const encoder = new TextEncoder();
const BEFORE = encoder.encode('{"type":"text","text":"');
const END = encoder.encode('}');
const START_TIME = encoder.encode(',"time":{"start":');
const END_TIME = encoder.encode(',"end":');
const TIMES_END = encoder.encode('}}');

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const SMALL_U = 0x75;
/** What each byte means inside a text. Looked up, for every byte of every text is. */
const WORDS = 0;
const NEVER = 1;
const TEXT_END = 2;
const ESCAPE = 3;
const MEANINGS = new Uint8Array(256).fill(NEVER, 0, SPACE);
MEANINGS[QUOTE] = TEXT_END;
MEANINGS[BACKSLASH] = ESCAPE;

const ESCAPED = new Set(encoder.encode('"\\/bfnrt'));
const MOST_DIGITS = 15;

/** True: a text part that is not blank, in JSON that is whole and says nothing else but times. False: have it parsed. */
export function isSpokenAtSight(bytes: Uint8Array): boolean {
  // the search goes first: behind the loop of a comparison V8 makes it four times slower
  const end = endOfText(bytes, BEFORE.length);
  return end > 0 && isAt(bytes, 0, BEFORE) && endsPlainly(bytes, end + 1);
}

/** Where the quote after the text is; -1 when it has none, may be blank, or is not as JSON has it. */
function endOfText(bytes: Uint8Array, start: number): number {
  const first = bytes[start] ?? 0;
  // a text that begins with white space may hold nothing else
  if (first <= SPACE || first >= 0x7f || first === BACKSLASH) return -1;
  for (let at = start; at < bytes.length; at++) {
    const meaning = MEANINGS[bytes[at] ?? 0];
    if (meaning === WORDS) continue;
    if (meaning === TEXT_END) return at > start ? at : -1;
    const length = meaning === ESCAPE ? escapeLength(bytes, at) : 0;
    if (length === 0) return -1;
    at += length - 1;
  }
  return -1;
}

function escapeLength(bytes: Uint8Array, at: number): number {
  const next = bytes[at + 1] ?? 0;
  if (ESCAPED.has(next)) return 2;
  if (next !== SMALL_U) return 0;
  for (let i = at + 2; i < at + 6; i++) if (!isHex(bytes[i] ?? 0)) return 0;
  return 6;
}

function isHex(byte: number): boolean {
  return isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** After the text comes the end of the object, or when it was written. */
function endsPlainly(bytes: Uint8Array, at: number): boolean {
  if (isAt(bytes, at, END)) return at + END.length === bytes.length;
  if (!isAt(bytes, at, START_TIME)) return false;
  let next = afterNumber(bytes, at + START_TIME.length);
  if (next > 0 && isAt(bytes, next, END_TIME)) next = afterNumber(bytes, next + END_TIME.length);
  return next > 0 && isAt(bytes, next, TIMES_END) && next + TIMES_END.length === bytes.length;
}

/** -1: no plain number. */
function afterNumber(bytes: Uint8Array, at: number): number {
  let end = at;
  while (isDigit(bytes[end] ?? 0)) end++;
  const isNumber = end > at && end - at <= MOST_DIGITS && bytes[at] !== 0x30;
  return isNumber ? end : -1;
}
