import { Refusal } from './refusal.ts';

/** Bounds the bytes of bodies that are in memory at once, whoever sends or reads them. */
export class MemoryBudget {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Throws Refusal when there is no room; else the bytes are taken until they are given back. */
  take(bytes: number): void {
    if (this.#taken + bytes > this.#most) throw new Refusal('busy', { 'Retry-After': '2' });
    this.#taken += bytes;
  }

  giveBack(bytes: number): void {
    this.#taken -= bytes;
  }
}
