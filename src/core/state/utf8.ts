const encoder = new TextEncoder();
const PIECE_UNITS = 1 << 15;
/** A unit takes three bytes at most. */
const scratch = new Uint8Array(3 * PIECE_UNITS);

/** Bytes of a string as UTF-8, without making an array of its size. */
export function utf8Length(text: string): number {
  let bytes = 0;
  // in short pieces: a rest as long as the text would be copied each time
  for (let at = 0; at < text.length;) {
    const end = Math.min(text.length, at + PIECE_UNITS);
    const piece = text.slice(at, end === text.length ? end : wholeUntil(text, end));
    bytes += encoder.encodeInto(piece, scratch).written;
    at += piece.length;
  }
  return bytes;
}

/** Where to cut at most at `end` without halving a character. */
function wholeUntil(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}

/** The first `units` UTF-16 units of a text, never half a character. */
export function headOf(text: string, units: number): string {
  if (text.length <= units) return text;
  return flat(text.slice(0, wholeUntil(text, units)));
}

/** A copy that does not hold the longer string it was cut from in memory. By way of JSON: a decoder's would lie outside of JavaScript's heap. */
function flat(text: string): string {
  return String(JSON.parse(JSON.stringify(text)));
}
