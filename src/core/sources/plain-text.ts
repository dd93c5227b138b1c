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
