/**
 * Follows overflow chains while a scan goes through the file. A chain mostly lies right behind its leaf: its pages are in
 * the slice in hand or come with a later one, for which it waits. The rest is fetched out of order when it has piled up.
 */
import type { OverflowChain } from './overflow.ts';
import type { PageFile } from './page-file.ts';
import type { Run } from './page-runs.ts';
import { readPages } from './page-runs.ts';
import type { ScanPlan } from './scan-plan.ts';

/** Bytes of unfinished rows that may pile up before their pages are fetched out of order. */
const MAX_HELD_BYTES = 16 * 1024 * 1024;
const MAX_LATE_CHAINS = 4096;
const ROUND_BYTES = 16 * 1024 * 1024;

export interface ChainListener {
  whole(chain: OverflowChain): void;
  /** The chain leads out of the file, or into circles. */
  lost(chain: OverflowChain): void;
}

export class ChainFollower {
  readonly #pages: PageFile;
  readonly #plan: ScanPlan;
  readonly #listener: ChainListener;
  /** Number of a slice to the chains that wait for it. */
  readonly #waiting = new Map<number, OverflowChain[]>();
  #late: OverflowChain[] = [];
  #held = 0;
  #slice: Run | null = null;
  #sliceBytes: Uint8Array = new Uint8Array(0);
  #sliceNumber = -1;
  /** In a whole file each overflow page belongs to one row: more steps than pages mean that chains run in circles. */
  #stepsLeft: number;

  constructor(pages: PageFile, plan: ScanPlan, listener: ChainListener) {
    this.#pages = pages;
    this.#plan = plan;
    this.#listener = listener;
    this.#stepsLeft = 2 * pages.pageCount + 1000;
  }

  /** So much waits that `settle` should be called before going on. */
  get isFull(): boolean {
    return this.#held > MAX_HELD_BYTES || this.#late.length > MAX_LATE_CHAINS;
  }

  /** The next slice of the plan is here: goes on with the chains that waited for it. */
  enterSlice(slice: Run, bytes: Uint8Array): void {
    this.#slice = slice;
    this.#sliceBytes = bytes;
    this.#sliceNumber++;
    const waiting = this.#waiting.get(this.#sliceNumber) ?? [];
    this.#waiting.delete(this.#sliceNumber);
    for (const chain of waiting) this.#resume(chain);
  }

  /** The slice in hand may be given back: nothing that waits holds on to it. */
  leaveSlice(): void {
    this.#slice = null;
    this.#sliceBytes = new Uint8Array(0);
  }

  /** Goes along the chain while its pages are at hand. */
  follow(chain: OverflowChain, fetched?: ReadonlyMap<number, Uint8Array>): void {
    const { pageSize, usable } = this.#pages;
    while (!chain.isWhole) {
      if (!this.#pages.has(chain.next) || this.#stepsLeft-- <= 0) return this.#listener.lost(chain);
      const bytes = fetched?.get(chain.next) ?? this.#atHand(chain.next);
      if (bytes === null) return this.#park(chain);
      if (bytes.length < pageSize) return this.#listener.lost(chain);
      chain.step(bytes, usable);
    }
    this.#listener.whole(chain);
  }

  /** Fetches what no slice will bring, and when too much is held what a later one would. */
  async settle(signal: AbortSignal | undefined): Promise<void> {
    let chains = this.#late;
    this.#late = [];
    if (this.#held > MAX_HELD_BYTES) {
      chains = [...chains, ...[...this.#waiting.values()].flat()];
      this.#waiting.clear();
    }
    while (chains.length > 0) {
      const count = this.#roundSize(chains);
      await this.#round(chains.slice(0, count), signal);
      chains = [...chains.slice(count), ...this.#late];
      this.#late = [];
    }
  }

  /** To be called after the last slice. */
  async finish(signal: AbortSignal | undefined): Promise<void> {
    await this.settle(signal);
  }

  #resume(chain: OverflowChain, fetched?: ReadonlyMap<number, Uint8Array>): void {
    this.#held -= chain.held;
    this.follow(chain, fetched);
  }

  #park(chain: OverflowChain): void {
    chain.park();
    this.#held += chain.held;
    const later = this.#slice === null ? -1 : this.#plan.laterSlice(chain.next, this.#sliceNumber);
    const waiting = this.#waiting.get(later);
    if (later < 0) this.#late.push(chain);
    else if (waiting === undefined) this.#waiting.set(later, [chain]);
    else waiting.push(chain);
  }

  #atHand(page: number): Uint8Array | null {
    const resident = this.#pages.resident(page);
    if (resident !== null || this.#slice === null) return resident;
    const walOffset = this.#pages.walOffset(page);
    const source = walOffset === null ? this.#pages.db : this.#pages.wal;
    const at = (walOffset ?? this.#pages.offset(page)) - this.#slice.start;
    if (source !== this.#slice.source || at < 0 || at + this.#pages.pageSize > this.#slice.length) return null;
    return this.#sliceBytes.subarray(at, at + this.#pages.pageSize);
  }

  /** How many chains one round of reading should serve. */
  #roundSize(chains: readonly OverflowChain[]): number {
    let wanted = 0;
    for (const [i, chain] of chains.entries()) {
      wanted += chain.guess(this.#pages).length * this.#pages.pageSize;
      if (wanted > ROUND_BYTES) return i + 1;
    }
    return chains.length;
  }

  async #round(chains: readonly OverflowChain[], signal: AbortSignal | undefined): Promise<void> {
    const guesses = chains.map((chain) => chain.guess(this.#pages));
    const fetched = new Map<number, Uint8Array>();
    for await (const { page, bytes } of readPages(this.#pages, new Set(guesses.flat()), signal))
      fetched.set(page, bytes);
    for (const [i, chain] of chains.entries()) {
      const before = chain.held;
      this.#resume(chain, fetched);
      chain.learn(chain.held - before >= (guesses[i]?.length ?? 0) * (this.#pages.usable - 4));
    }
  }
}
