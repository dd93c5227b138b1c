const CHUNK_ROWS = 65_536;

/** Row ids that were met, a bit for each: mostly they lie close together, and a Set of them takes a hundred times as much. */
export class RowidBits {
  readonly #chunks = new Map<number, Uint8Array>();
  #chunk: Uint8Array = new Uint8Array(0);
  #place = Number.NaN;

  add(rowid: number): void {
    const place = Math.floor(rowid / CHUNK_ROWS);
    if (place !== this.#place) this.#enter(place);
    const within = rowid - place * CHUNK_ROWS;
    this.#chunk[within >> 3] = (this.#chunk[within >> 3] ?? 0) | (1 << (within & 7));
  }

  has(rowid: number): boolean {
    const place = Math.floor(rowid / CHUNK_ROWS);
    const within = rowid - place * CHUNK_ROWS;
    return (((this.#chunks.get(place)?.[within >> 3] ?? 0) >> (within & 7)) & 1) === 1;
  }

  #enter(place: number): void {
    this.#place = place;
    this.#chunk = this.#chunks.get(place) ?? new Uint8Array(CHUNK_ROWS / 8);
    this.#chunks.set(place, this.#chunk);
  }
}
