/** Long random texts that nothing names: a key pasted alone. Hashes in hexadecimal digits are left, they are commits and checksums. */
import type { Span } from '../model/span.ts';

const LONG_WORD = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{40,512}={0,2}(?![A-Za-z0-9+/_=-])/g;
const AT_LEAST_OF_EACH = 4;
const MIN_BITS_A_CHARACTER = 4.3;

/** Words of 40 characters and more in which capitals, small letters and digits are mixed as dice would mix them. */
export function randomKeys(text: string): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(LONG_WORD)) {
    const [word] = match;
    if (isRandom(word)) found.push({ start: match.index, end: match.index + word.length });
  }
  return found;
}

function isRandom(word: string): boolean {
  if (count(word, /[A-Z]/g) < AT_LEAST_OF_EACH) return false;
  if (count(word, /[a-z]/g) < AT_LEAST_OF_EACH) return false;
  if (count(word, /\d/g) < AT_LEAST_OF_EACH) return false;
  // a path or a long name is made of words
  if (/[a-z]{8,}/.test(word)) return false;
  return bitsACharacter(word) >= MIN_BITS_A_CHARACTER;
}

function count(word: string, pattern: RegExp): number {
  return word.match(pattern)?.length ?? 0;
}

/** Shannon's measure over the characters of the word itself. */
function bitsACharacter(word: string): number {
  const counts = new Map<string, number>();
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const times of counts.values()) bits -= (times / word.length) * Math.log2(times / word.length);
  return bits;
}
