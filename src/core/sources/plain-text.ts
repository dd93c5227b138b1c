/**
 * ASCII as text: for ids, times and names. Quicker than a decoder for so few, and what a decoder gives keeps memory of the browser's
 * own for each text, beside that of JavaScript: for the ids of a long history that would be as much again as the ids themselves.
 */
export function plainText(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  const units = SHORT_UNITS[length];
  if (units === undefined) return textOfUnits(bytes.subarray(start, end));
  // a view of its own for each id would be most of what a pass leaves behind
  for (let i = 0; i < length; i++) units[i] = bytes[start + i] ?? 0;
  return textOfUnits(units);
}

function textOfUnits(units: Uint8Array): string {
  return String(Reflect.apply(String.fromCharCode, null, units));
}

/** For each short length a place of that length. */
const SHORT_UNITS: readonly Uint8Array[] = Array.from({ length: 65 }, (_, length) => new Uint8Array(length));

export function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] ?? 0) > 0x7f) return false;
  return true;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Beyond that a decoder is quicker, whatever it leaves behind. */
const MOST_PLAIN = 4_096;

/** UTF-8 as text. What is ASCII, as most is, is made in the memory of JavaScript, where what is let go is used again at once. */
export function utf8Text(bytes: Uint8Array): string {
  return bytes.length <= MOST_PLAIN && isPlain(bytes, 0, bytes.length) ? textOfUnits(bytes) : decoder.decode(bytes);
}
