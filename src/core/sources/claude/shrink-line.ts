/** Shortens the long strings of one JSON line while its bytes come by, so that a line of any length can be read. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LONGEST_ESCAPE = 6;

export class LineShrinker {
  /** What is left of the line, in pieces. */
  readonly #kept: Uint8Array[] = [];
  readonly #longestString: number;
  readonly #bound: number;
  #length = 0;
  #inString = false;
  #escaped = false;
  /** Bytes of the string so far. */
  #stringLength = 0;
  #cut = false;
  #tooLong = false;

  /**
   * @param longestString strings keep about this many bytes
   * @param bound what is left of the line is not held beyond this
   */
  constructor(longestString: number, bound: number) {
    this.#longestString = longestString;
    this.#bound = bound;
  }

  add(bytes: Uint8Array): void {
    if (this.#tooLong) return;
    const out = new Uint8Array(bytes.length);
    let length = 0;
    for (const byte of bytes) if (this.#keeps(byte)) out[length++] = byte;
    this.#length += length;
    this.#tooLong = this.#length > this.#bound;
    if (this.#tooLong) this.#kept.length = 0;
    else if (length > 0) this.#kept.push(out.slice(0, length));
  }

  /** The shortened line; null when it is too long even so. */
  finish(): Uint8Array | null {
    if (this.#tooLong) return null;
    const line = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#kept) {
      line.set(piece, at);
      at += piece.length;
    }
    return line;
  }

  #keeps(byte: number): boolean {
    if (!this.#inString) {
      if (byte === QUOTE) {
        this.#inString = true;
        this.#cut = false;
        this.#stringLength = 0;
      }
      return true;
    }
    if (byte === QUOTE && !this.#escaped) {
      this.#inString = false;
      return true;
    }
    this.#stringLength++;
    // cut only where neither an escape nor a character of several bytes is in its middle
    this.#cut ||= this.#stringLength > this.#longestString && this.#isBetween(byte);
    this.#escaped = byte === BACKSLASH && !this.#escaped;
    return !this.#cut;
  }

  /** True where a character begins and no escape is open. An escape is at most six bytes long: see what stands before. */
  #isBetween(byte: number): boolean {
    if (this.#escaped || (byte & 0xc0) === 0x80) return false;
    if (byte === BACKSLASH) return true;
    return this.#stringLength > this.#longestString + LONGEST_ESCAPE ? true : !isHexDigit(byte);
  }
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}
