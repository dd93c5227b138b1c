import { isAt } from './json-scan.ts';
import { parseBytes, stringOf } from './json.ts';

/** Texts that come again line after line, decoded once. */
export class Repeated {
  #bytes = new Uint8Array(0);
  #text: string | null = null;

  of(bytes: Uint8Array, start: number, end: number): string | null {
    if (end - start === this.#bytes.length && isAt(bytes, start, this.#bytes)) return this.#text;
    this.#bytes = bytes.slice(start, end);
    this.#text = stringOf(parseBytes(this.#bytes));
    return this.#text;
  }
}
