const PLATFORM_IS_LITTLE = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * The running checksum of a `-wal`, over pairs of 32-bit words. A word is read in the byte order the log was written in;
 * the sums themselves do not depend on it.
 */
export class WalChecksum {
  first = 0;
  second = 0;
  readonly #swap: boolean;

  constructor(bigEndian: boolean) {
    this.#swap = bigEndian === PLATFORM_IS_LITTLE;
  }

  /** Adds bytes; `length` is a multiple of 8. */
  add(bytes: Uint8Array, start: number, length: number): void {
    const at = bytes.byteOffset + start;
    const words =
      at % 4 === 0
        ? new Uint32Array(bytes.buffer, at, length / 4)
        : new Uint32Array(bytes.slice(start, start + length).buffer, 0, length / 4);
    if (this.#swap) this.#addSwapped(words);
    else this.#addPlain(words);
  }

  #addPlain(words: Uint32Array): void {
    let a = this.first | 0;
    let b = this.second | 0;
    for (let i = 0; i + 1 < words.length; i += 2) {
      a = (a + (words[i] ?? 0) + b) | 0;
      b = (b + (words[i + 1] ?? 0) + a) | 0;
    }
    this.first = a >>> 0;
    this.second = b >>> 0;
  }

  #addSwapped(words: Uint32Array): void {
    let a = this.first | 0;
    let b = this.second | 0;
    for (let i = 0; i + 1 < words.length; i += 2) {
      a = (a + swapped(words[i] ?? 0) + b) | 0;
      b = (b + swapped(words[i + 1] ?? 0) + a) | 0;
    }
    this.first = a >>> 0;
    this.second = b >>> 0;
  }
}

function swapped(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}
