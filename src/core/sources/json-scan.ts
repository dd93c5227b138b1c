/**
 * Walks JSON as bytes, checking it as strictly as JSON.parse does, without making values of it. Lets a reader pass over what
 * it does not need and still know where an object ends, and whether it is one.
 *
 * Bytes end with a line feed that is outside of the JSON: it stops every loop, so that no loop asks for the end.
 */
import { isAt } from './is-at.ts';
import type { ScanMemory } from './scan-memory.ts';
import { newScanMemory } from './scan-memory.ts';
import { TOO_DEEP } from './scan-program.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const LETTER_U = 0x75;

/** Not JSON from here on. */
export const INVALID = -1;

const PLAIN = new Uint8Array(256).fill(1, 0x20);
PLAIN[QUOTE] = 0;
PLAIN[BACKSLASH] = 0;
const ESCAPED = flags('"\\/bfnrt');
const HEX = flags('0123456789abcdefABCDEF');
const WORDS = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word));

function flags(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

/** The first byte from `at` on that is no space. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let i = at;
  for (let byte = bytes[i]; byte === 0x20 || byte === 0x09 || byte === 0x0d; byte = bytes[i]) i++;
  return i;
}

/** Where the string ends whose first byte after the quote is at `at`: the place after its closing quote, or INVALID. */
export function skipString(bytes: Uint8Array, at: number): number {
  let i = at;
  for (;;) {
    while (PLAIN[bytes[i] ?? 0] === 1) i++;
    const byte = bytes[i];
    if (byte === QUOTE) return i + 1;
    if (byte !== BACKSLASH) return INVALID;
    const next = bytes[i + 1] ?? 0;
    if (ESCAPED[next] === 1) i += 2;
    else if (next === LETTER_U && isHex(bytes, i + 2)) i += 6;
    else return INVALID;
  }
}

function isHex(bytes: Uint8Array, at: number): boolean {
  for (let i = at; i < at + 4; i++) if (HEX[bytes[i] ?? 0] !== 1) return false;
  return true;
}

const MOST_SCANNABLE = 4 * 1024 * 1024;
/** Undefined until it is asked for the first time. */
let memory: ScanMemory | null | undefined;
let scannable: Uint8Array | null = null;

/**
 * The same bytes where they are walked over several times as fast. Good until the next call: nothing may be waited for while
 * they are used.
 */
export function toScan(bytes: Uint8Array): Uint8Array {
  if (memory === undefined) memory = newScanMemory(MOST_SCANNABLE);
  if (memory === null || bytes.length > memory.bytes.length) return bytes;
  scannable = memory.bytes.subarray(0, bytes.length);
  scannable.set(bytes);
  return scannable;
}

/** The place after the value at `at`, which must not be a space, or INVALID. */
export function skipValue(bytes: Uint8Array, at: number): number {
  if (bytes !== scannable || memory === undefined || memory === null) return walkValue(bytes, at);
  const end = memory.skipValue(at);
  return end === TOO_DEEP ? walkValue(bytes, at) : end;
}

/** For each open container 1 when it is an object. Grows with the nesting; never held between two walks. */
let nesting = new Uint8Array(256);

function walkValue(bytes: Uint8Array, at: number): number {
  let depth = 0;
  let i = at;
  for (;;) {
    const byte = bytes[i];
    if (byte === QUOTE) i = skipString(bytes, i + 1);
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      const isObject = byte === OPEN_OBJECT;
      i = skipSpace(bytes, i + 1);
      if (bytes[i] === (isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) i++;
      else {
        if (depth === nesting.length) nesting = grown(nesting);
        nesting[depth++] = isObject ? 1 : 0;
        if (isObject) i = skipKey(bytes, i);
        if (i === INVALID) return INVALID;
        continue;
      }
    } else i = skipScalar(bytes, i);
    if (i === INVALID) return INVALID;
    // after a value: close what ends here, then on to the next one
    for (;;) {
      if (depth === 0) return i;
      i = skipSpace(bytes, i);
      const inObject = nesting[depth - 1] === 1;
      const after = bytes[i];
      if (after === COMMA) {
        i = skipSpace(bytes, i + 1);
        if (inObject) i = skipKey(bytes, i);
        if (i === INVALID) return INVALID;
        break;
      }
      if (after !== (inObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return INVALID;
      depth--;
      i++;
    }
  }
}

function grown(old: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(old.length * 4);
  larger.set(old);
  return larger;
}

/** From the quote of a key to its value. */
function skipKey(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== QUOTE) return INVALID;
  const end = skipString(bytes, at + 1);
  if (end === INVALID) return INVALID;
  const colon = skipSpace(bytes, end);
  return bytes[colon] === COLON ? skipSpace(bytes, colon + 1) : INVALID;
}

function skipScalar(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first === MINUS || (first >= ZERO && first <= NINE)) return skipNumber(bytes, at);
  for (const word of WORDS) if (isAt(bytes, at, word)) return at + word.length;
  return INVALID;
}

function skipNumber(bytes: Uint8Array, at: number): number {
  let i = bytes[at] === MINUS ? at + 1 : at;
  if (bytes[i] === ZERO) i++;
  else i = skipDigits(bytes, i);
  if (i !== INVALID && bytes[i] === DOT) i = skipDigits(bytes, i + 1);
  if (i !== INVALID && ((bytes[i] ?? 0) | 0x20) === 0x65) {
    const sign = bytes[i + 1];
    i = skipDigits(bytes, sign === PLUS || sign === MINUS ? i + 2 : i + 1);
  }
  return i;
}

function skipDigits(bytes: Uint8Array, at: number): number {
  let i = at;
  for (let byte = bytes[i] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[i] ?? 0) i++;
  return i === at ? INVALID : i;
}

/**
 * Told of each key of an object: where its name stands, without quotes, and where its value begins. A name with escapes in it
 * ends at {@link ESCAPED_NAME}. Gives the place after the value, by {@link skipValue} or a walk of its own, or INVALID.
 */
export type FieldVisitor = (nameStart: number, nameEnd: number, value: number) => number;

export const ESCAPED_NAME = -2;

/** Walks the keys of the object at `at`. Gives the place after it, or INVALID, whatever was visited before. */
export function eachField(bytes: Uint8Array, at: number, visit: FieldVisitor): number {
  if (bytes[at] !== OPEN_OBJECT) return INVALID;
  let i = skipSpace(bytes, at + 1);
  if (bytes[i] === CLOSE_OBJECT) return i + 1;
  for (;;) {
    if (bytes[i] !== QUOTE) return INVALID;
    const start = i + 1;
    i = start;
    while (PLAIN[bytes[i] ?? 0] === 1) i++;
    const nameEnd = bytes[i] === QUOTE ? i : ESCAPED_NAME;
    const colon = skipSpace(bytes, skipString(bytes, i));
    if (bytes[colon] !== COLON) return INVALID;
    const end = visit(start, nameEnd, skipSpace(bytes, colon + 1));
    if (end === INVALID) return INVALID;
    i = skipSpace(bytes, end);
    if (bytes[i] === CLOSE_OBJECT) return i + 1;
    if (bytes[i] !== COMMA) return INVALID;
    i = skipSpace(bytes, i + 1);
  }
}

/** Told where each element of an array begins; gives the place after it, or INVALID. */
export type ElementVisitor = (value: number) => number;

/** Walks the elements of the array at `at`. Gives the place after it, or INVALID, whatever was visited before. */
export function eachElement(bytes: Uint8Array, at: number, visit: ElementVisitor): number {
  if (bytes[at] !== OPEN_ARRAY) return INVALID;
  let i = skipSpace(bytes, at + 1);
  if (bytes[i] === CLOSE_ARRAY) return i + 1;
  for (;;) {
    const end = visit(i);
    if (end === INVALID) return INVALID;
    i = skipSpace(bytes, end);
    if (bytes[i] === CLOSE_ARRAY) return i + 1;
    if (bytes[i] !== COMMA) return INVALID;
    i = skipSpace(bytes, i + 1);
  }
}

/** True when these bytes are a string in quotes that stands for itself: ASCII without escapes. */
export function isPlainString(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] !== QUOTE) return false;
  for (let i = start + 1; i < end - 1; i++) {
    const byte = bytes[i] ?? 0;
    if (byte >= 0x80 || PLAIN[byte] === 0) return false;
  }
  return true;
}
