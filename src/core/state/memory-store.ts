import type { GroupStore, GroupWrite } from './group-store.ts';
import { writtenText } from './group-store.ts';

/** Groups in memory, gone with the process: for tests, and for readers that must not write. */
export class MemoryStore implements GroupStore {
  readonly #groups: Map<string, string>;

  constructor(groups: ReadonlyMap<string, string> = new Map()) {
    this.#groups = new Map(groups);
  }

  async keys(): Promise<string[]> {
    return [...this.#groups.keys()];
  }

  async read(keys: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const key of keys) {
      const text = this.#groups.get(key);
      if (text !== undefined) found.set(key, text);
    }
    return found;
  }

  async commit(writes: ReadonlyMap<string, GroupWrite>): Promise<void> {
    const texts = [...writes].map(([key, write]) => [key, write === null ? null : writtenText(write)] as const);
    for (const [key, text] of texts) {
      if (text === null) this.#groups.delete(key);
      else this.#groups.set(key, text);
    }
  }
}
