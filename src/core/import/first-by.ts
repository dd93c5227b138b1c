/**
 * The first `size` of all entries seen so far, in the order of `compare`. What falls out can never come back in: that is what
 * lets an import of any size forget old texts while it reads.
 */
export class FirstBy<T> {
  readonly #size: number;
  readonly #compare: (a: T, b: T) => number;
  readonly #entries: T[] = [];

  constructor(size: number, compare: (a: T, b: T) => number) {
    this.#size = size;
    this.#compare = compare;
  }

  /** In order. */
  get entries(): readonly T[] {
    return this.#entries;
  }

  /** Adds an entry; gives back the one that has no place any more (it may be the one just added), or null. */
  add(entry: T): T | null {
    if (!this.hasPlaceFor(entry)) return entry;
    this.#entries.splice(this.#place(entry), 0, entry);
    return this.#entries.length > this.#size ? (this.#entries.pop() ?? null) : null;
  }

  hasPlaceFor(entry: T): boolean {
    if (this.#entries.length < this.#size) return true;
    const last = this.#entries.at(-1);
    return last !== undefined && this.#compare(entry, last) < 0;
  }

  #place(entry: T): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#entries[middle];
      if (other !== undefined && this.#compare(other, entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
