import { Refusal } from './refusal.ts';

export interface MemoryLimits {
  /** Bytes of all. */
  readonly total: number;
  /** Of these, what one address may take. */
  readonly perAddress: number;
}

/** The part of a budget that one address takes. */
export interface Share {
  /** Throws Refusal when there is no room; else the bytes are taken until they are given back. */
  take(bytes: number): void;
  giveBack(bytes: number): void;
}

/** Soon: bodies are in memory for moments. */
const RETRY = { 'Retry-After': '2' };

/** Bounds the bytes of bodies that are in memory at once, of all and of each address. */
export class MemoryBudget {
  readonly #most: MemoryLimits;
  /** By address; none that takes nothing. */
  readonly #takenBy = new Map<string, number>();
  #taken = 0;

  constructor(most: MemoryLimits) {
    this.#most = most;
  }

  get taken(): number {
    return this.#taken;
  }

  of(address: string): Share {
    return {
      take: (bytes) => {
        const own = (this.#takenBy.get(address) ?? 0) + bytes;
        if (own > this.#most.perAddress) throw new Refusal('too-much-at-once', RETRY);
        if (this.#taken + bytes > this.#most.total) throw new Refusal('busy', RETRY);
        this.#add(address, bytes);
      },
      giveBack: (bytes) => this.#add(address, -bytes),
    };
  }

  #add(address: string, bytes: number): void {
    const own = (this.#takenBy.get(address) ?? 0) + bytes;
    if (own === 0) this.#takenBy.delete(address);
    else this.#takenBy.set(address, own);
    this.#taken += bytes;
  }
}
