/** Bytes of chunks from a beginning to an end. */
export class Capture {
  readonly #limit: number;
  #pieces: Uint8Array[] = [];
  #size = 0;
  #start = 0;
  open = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  begin(at: number): void {
    this.open = true;
    this.#pieces = [];
    this.#size = 0;
    this.#start = at;
  }

  /** A new chunk begins: what is open goes on at its start. */
  from(at: number): void {
    this.#start = at;
  }

  /** Keeps what the chunk has of it. */
  keep(chunk: Uint8Array, to: number): void {
    if (!this.open || to <= this.#start) return;
    this.#size += to - this.#start;
    if (this.#size > this.#limit) this.#pieces = [];
    else this.#pieces.push(chunk.slice(this.#start, to));
    this.#start = to;
  }

  /** All of it, or null when it was too large. */
  end(chunk: Uint8Array, to: number): Uint8Array | null {
    this.keep(chunk, to);
    this.open = false;
    const pieces = this.#pieces;
    this.#pieces = [];
    if (this.#size > this.#limit) return null;
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }
}
