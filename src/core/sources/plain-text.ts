/**
 * ASCII as text: for ids, times and names. Quicker than a decoder for so few, and what a decoder gives keeps memory of the browser's
 * own for each text, beside that of JavaScript: for the ids of a long history that would be as much again as the ids themselves.
 */
export function plainText(bytes: Uint8Array, start: number, end: number): string {
  return String(Reflect.apply(String.fromCharCode, null, bytes.subarray(start, end)));
}

export function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] ?? 0) > 0x7f) return false;
  return true;
}
