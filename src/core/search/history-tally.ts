/** What a search through the sources has found so far: the newest hits, and how many there are in all. */
import type { MessageHit } from '../model/search-views.ts';

export class HistoryTally {
  readonly #limit: number;
  /** Hits as they came; the newest of them when they are more than enough. */
  #hits: MessageHit[] = [];
  found = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(hit: MessageHit): void {
    this.found += 1;
    this.#hits.push(hit);
    if (this.#hits.length > 2 * this.#limit) this.#hits = this.newest();
  }

  newest(): MessageHit[] {
    return [...this.#hits].sort(newestFirst).slice(0, this.#limit);
  }

  /** Takes over what another one found. */
  join(other: HistoryTally): void {
    this.found += other.found;
    this.#hits = [...this.#hits, ...other.#hits].sort(newestFirst).slice(0, this.#limit);
  }
}

function newestFirst(a: MessageHit, b: MessageHit): number {
  return b.time - a.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
