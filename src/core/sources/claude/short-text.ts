import { isPlainString } from './json-scan.ts';
import { parseBytes } from './json.ts';

/** Longer texts are decoded faster by others. */
const SHORT = 64;

/** The text a JSON string holds, quotes included in the bytes. Quick for ids. Empty when it holds none. */
export function shortText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= SHORT && isPlainString(bytes, start, end)) return plainText(bytes, start + 1, end - 1);
  const text = parseBytes(bytes.subarray(start, end));
  return typeof text === 'string' ? text : '';
}

/** ASCII as text, six characters at a time: for so few, far faster than a decoder or spreading the bytes. */
function plainText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let i = start;
  for (; i + 6 <= end; i += 6) {
    text += String.fromCharCode(
      bytes[i] ?? 0,
      bytes[i + 1] ?? 0,
      bytes[i + 2] ?? 0,
      bytes[i + 3] ?? 0,
      bytes[i + 4] ?? 0,
      bytes[i + 5] ?? 0,
    );
  }
  for (; i < end; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}
