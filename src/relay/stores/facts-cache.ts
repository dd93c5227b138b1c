import type { FileFacts, VaultFiles } from './vault-files.ts';

const MOST_ENTRIES = 100_000;

/** Sizes and times of version files. While a version counts it never changes, nor does an emptied one: each is asked for once. */
export class FactsCache {
  readonly #files: VaultFiles;
  readonly #known = new Map<string, FileFacts>();

  constructor(files: VaultFiles) {
    this.#files = files;
  }

  /** Of an emptied file 0 bytes; null when it is gone. */
  async of(path: string): Promise<FileFacts | null> {
    const known = this.#known.get(path);
    if (known) return known;
    const facts = await this.#files.facts(path);
    if (facts === null) return null;
    this.#known.set(path, facts);
    if (this.#known.size > MOST_ENTRIES) this.#dropOldest();
    return facts;
  }

  #dropOldest(): void {
    for (const oldest of this.#known.keys()) {
      this.#known.delete(oldest);
      return;
    }
  }
}
