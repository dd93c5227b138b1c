const encoder = new TextEncoder();
const scratch = new Uint8Array(1 << 16);

/** Bytes of a string as UTF-8, without making an array of its size. */
export function utf8Length(text: string): number {
  let bytes = 0;
  let at = 0;
  while (at < text.length) {
    const { read, written } = encoder.encodeInto(at === 0 ? text : text.slice(at), scratch);
    if (read === 0) break;
    bytes += written;
    at += read;
  }
  return bytes;
}

/** The first `units` UTF-16 units of a text, never half a character. */
export function headOf(text: string, units: number): string {
  if (text.length <= units) return text;
  const last = text.charCodeAt(units - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return flat(text.slice(0, splitsPair ? units - 1 : units));
}

/** A copy that does not hold the longer string it was cut from in memory. */
function flat(text: string): string {
  return decoder.decode(encoder.encode(text));
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
