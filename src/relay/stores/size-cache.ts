import type { VaultFiles } from './vault-files.ts';

const MOST_ENTRIES = 100_000;

/** Sizes of version files. What a version holds never changes while it counts, so each is asked for once. */
export class SizeCache {
  readonly #files: VaultFiles;
  readonly #sizes = new Map<string, number>();

  constructor(files: VaultFiles) {
    this.#files = files;
  }

  /** Bytes; 0 when it was emptied, null when it is gone. */
  async of(path: string): Promise<number | null> {
    const known = this.#sizes.get(path);
    if (known !== undefined) return known;
    const facts = await this.#files.facts(path);
    if (facts === null || facts.bytes === 0) return facts && 0;
    this.#sizes.set(path, facts.bytes);
    if (this.#sizes.size > MOST_ENTRIES) this.#dropOldest();
    return facts.bytes;
  }

  #dropOldest(): void {
    for (const oldest of this.#sizes.keys()) {
      this.#sizes.delete(oldest);
      return;
    }
  }
}
