/**
 * Says of bytes of UTF-8, plain or inside JSON, that no term can stand in them, without decoding them. It may be wrong in one way only:
 * what can't be told from the bytes is to be decoded.
 */
import type { Term } from './match.ts';

/** Null: of these terms bytes tell nothing. */
export type ByteTest = (bytes: Uint8Array) => boolean;

/** A letter or digit that stands as it is, or as its upper case, wherever no other letter is folded to it. */
const PLAIN = /[a-z0-9]+/g;
/** From the most common to the rarest, roughly, in what people and models write. */
const BY_COMMONNESS = 'etaoinsrlhdcumpfgbywv0k1x2q3j4z56789';

/** Leads letters that may be folded to a plain one, and accents that stand apart. */
const MAYBE = 1;
/** Leads such letters when a certain byte follows. */
const LETTERLIKE = 2;
const ESCAPE = 3;
const ANCHOR = 4;

const LETTERLIKE_LEAD = 0xe2;
const LETTERLIKE_NEXT = 0x84;
const BACKSLASH = 0x5c;
const SMALL_U = 0x75;
const UPPER_CASE_BIT = 0x20;

interface Needle {
  /** Lower case. */
  readonly bytes: Uint8Array;
  /** Which of them is looked for first. */
  readonly anchor: number;
}

export function byteTest(terms: readonly Term[]): ByteTest | null {
  const needles: Needle[] = [];
  for (const term of terms) {
    const needle = needleOf(term);
    if (needle === null) return null;
    needles.push(needle);
  }
  if (needles.length === 0) return null;
  const meanings = meaningsFor(needles);
  return (bytes) => mayHold(bytes, needles, meanings);
}

/** The longest plain part: where the term stands, this stands. */
function needleOf({ words }: Term): Needle | null {
  const parts = words.flatMap((word) => word.match(PLAIN) ?? []).sort((a, b) => b.length - a.length);
  const [longest] = parts;
  if (longest === undefined) return null;
  const rarity = Array.from(longest, (letter) => BY_COMMONNESS.indexOf(letter));
  return { bytes: new TextEncoder().encode(longest), anchor: rarity.indexOf(Math.max(...rarity)) };
}

function meaningsFor(needles: readonly Needle[]): Uint8Array {
  const meanings = new Uint8Array(256);
  // U+00C0 to U+036F: letters with accents, and accents; then the additions to them, and full width
  meanings.fill(MAYBE, 0xc3, 0xce);
  meanings[0xe1] = MAYBE;
  meanings[0xef] = MAYBE;
  meanings[LETTERLIKE_LEAD] = LETTERLIKE;
  meanings[BACKSLASH] = ESCAPE;
  for (const { bytes, anchor } of needles) {
    const letter = bytes[anchor] ?? 0;
    meanings[letter] = ANCHOR;
    if (isLetter(letter)) meanings[letter - UPPER_CASE_BIT] = ANCHOR;
  }
  return meanings;
}

function mayHold(bytes: Uint8Array, needles: readonly Needle[], meanings: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const meaning = meanings[bytes[at] ?? 0] ?? 0;
    if (meaning === 0) continue;
    if (meaning === MAYBE) return true;
    if (meaning === LETTERLIKE && bytes[at + 1] === LETTERLIKE_NEXT) return true;
    if (meaning === ESCAPE && bytes[at + 1] === SMALL_U) return true;
    if (meaning === ANCHOR && needles.some((needle) => stands(bytes, at, needle))) return true;
  }
  return false;
}

function stands(bytes: Uint8Array, at: number, { bytes: wanted, anchor }: Needle): boolean {
  const start = at - anchor;
  if (start < 0 || start + wanted.length > bytes.length) return false;
  for (let i = 0; i < wanted.length; i++) if (lowerCase(bytes[start + i] ?? 0) !== wanted[i]) return false;
  return true;
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + UPPER_CASE_BIT : byte;
}

function isLetter(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}
