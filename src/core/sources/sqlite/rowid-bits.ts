const CHUNK_ROWS = 65_536;
const NONE = new Uint8Array(0);

/** Row ids that were met, a bit for each: mostly they lie close together, and a Set of them takes a hundred times as much. */
export class RowidBits {
  readonly #chunks = new Map<number, Uint8Array>();
  /** The one that was asked for last, for the next row is mostly in it as well. */
  #chunk: Uint8Array = NONE;
  #place = Number.NaN;

  add(rowid: number): void {
    const within = this.#enter(rowid);
    if (this.#chunk === NONE) {
      this.#chunk = new Uint8Array(CHUNK_ROWS / 8);
      this.#chunks.set(this.#place, this.#chunk);
    }
    this.#chunk[within >> 3] = (this.#chunk[within >> 3] ?? 0) | (1 << (within & 7));
  }

  has(rowid: number): boolean {
    const within = this.#enter(rowid);
    return (((this.#chunk[within >> 3] ?? 0) >> (within & 7)) & 1) === 1;
  }

  /** Goes to the chunk of a row, and gives its place in there. */
  #enter(rowid: number): number {
    const place = Math.floor(rowid / CHUNK_ROWS);
    if (place !== this.#place) {
      this.#place = place;
      this.#chunk = this.#chunks.get(place) ?? NONE;
    }
    return rowid - place * CHUNK_ROWS;
  }
}
