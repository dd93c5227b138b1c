import { plainText } from '../plain-text.ts';
import { isPlainString } from '../json-scan.ts';
import { parseBytes } from './json.ts';

/** Longer texts are decoded faster by others. */
const SHORT = 64;

/** The text a JSON string holds, quotes included in the bytes. Quick for ids. Empty when it holds none. */
export function shortText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= SHORT && isPlainString(bytes, start, end)) return plainText(bytes, start + 1, end - 1);
  const text = parseBytes(bytes.subarray(start, end));
  return typeof text === 'string' ? text : '';
}
