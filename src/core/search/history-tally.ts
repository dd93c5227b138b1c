/** What a search through the sources has found so far: the newest hits, and how many there are in all. */
import type { MessageHit } from '../model/search-views.ts';

export class HistoryTally {
  readonly #limit: number;
  /** Hits as they came; the newest of them when they are more than enough. */
  #hits: MessageHit[] = [];
  /** Hits before this are not among the newest. */
  #oldest = Number.NEGATIVE_INFINITY;
  found = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether a hit of this time (ms) may be among the newest. */
  mayShow(time: number): boolean {
    return time >= this.#oldest;
  }

  /** One more that is not shown. */
  count(): void {
    this.found += 1;
  }

  add(hit: MessageHit): void {
    this.found += 1;
    this.#hits.push(hit);
    if (this.#hits.length > 2 * this.#limit) this.#keepNewest();
  }

  newest(): MessageHit[] {
    return [...this.#hits].sort(newestFirst).slice(0, this.#limit);
  }

  /** Takes over what another one found. */
  join(other: HistoryTally): void {
    this.found += other.found;
    this.#hits.push(...other.#hits);
    this.#keepNewest();
  }

  #keepNewest(): void {
    this.#hits = this.newest();
    const last = this.#hits.at(-1);
    if (last !== undefined && this.#hits.length === this.#limit) this.#oldest = last.time;
  }
}

function newestFirst(a: MessageHit, b: MessageHit): number {
  return b.time - a.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
