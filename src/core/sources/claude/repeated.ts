import { isAt } from '../is-at.ts';
import { isPlainString } from '../json-scan.ts';
import { stringOf } from './json.ts';
import { shortText } from './short-text.ts';

const QUOTE = 0x22;
const NOTHING = new Uint8Array(0);

/** Texts that come again line after line, decoded once. */
export class Repeated {
  /** The bytes, quotes included, of a text that does not stand for itself. */
  #bytes = NOTHING;
  #text: string | null = null;

  of(bytes: Uint8Array, start: number, end: number): string | null {
    if (this.#isSame(bytes, start, end)) return this.#text;
    this.#text = stringOf(shortText(bytes, start, end));
    const isPlain = this.#text !== null && isPlainString(bytes, start, end);
    this.#bytes = isPlain ? NOTHING : bytes.slice(start, end);
    return this.#text;
  }

  #isSame(bytes: Uint8Array, start: number, end: number): boolean {
    const text = this.#text;
    if (bytes[start] !== QUOTE) return false;
    if (this.#bytes.length > 0) return end - start === this.#bytes.length && isAt(bytes, start, this.#bytes);
    if (text === null || end - start !== text.length + 2) return false;
    for (let i = 0; i < text.length; i++) if (bytes[start + 1 + i] !== text.charCodeAt(i)) return false;
    return true;
  }
}
