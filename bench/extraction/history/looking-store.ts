import type { LedgerEntry } from '../../../src/core/model/ledger.ts';
import { MemoryStore } from '../../../src/core/state/memory-store.ts';
import { parseGroup } from '../../../src/core/state/migrate.ts';
import { decodeLedger } from '../../../src/core/state/serialise-memory.ts';
import { utf8Length } from '../../../src/core/state/utf8.ts';

const LEDGER = 'state/ledger';

export interface Sample {
  /** Of real time, since the store was made. */
  readonly ms: number;
  /** Of state, as it was written. */
  readonly bytes: number;
}

/** Keeps everything in memory, and measures the state after every commit: from what was written, not from what the app says. */
export class LookingStore extends MemoryStore {
  readonly samples: Sample[] = [];
  readonly #began = performance.now();
  readonly #bytes = new Map<string, number>();

  override async commit(writes: ReadonlyMap<string, string | null>): Promise<void> {
    await super.commit(writes);
    for (const [key, text] of writes) {
      if (/^(state|injected)\//.test(key)) this.#bytes.set(key, text === null ? 0 : utf8Length(text));
    }
    const bytes = [...this.#bytes.values()].reduce((sum, each) => sum + each, 0);
    this.samples.push({ ms: Math.round(performance.now() - this.#began), bytes });
  }

  get ledgerBytes(): number {
    return this.#bytes.get(LEDGER) ?? 0;
  }

  /** As the last commit wrote it. */
  async ledger(): Promise<ReadonlyMap<string, LedgerEntry>> {
    const text = (await this.read([LEDGER])).get(LEDGER);
    return text === undefined ? new Map() : decodeLedger(parseGroup(LEDGER, text));
  }
}
