import type { FileState, SourceFolder } from '../../core/sources/byte-source.ts';
import type { ToldPath } from './told.ts';

export type Listing = Awaited<ReturnType<SourceFolder['list']>>;

/** What was seen of one folder, and of the folders in it. */
export class SeenFolder {
  listing: Listing | null = null;
  /** Answers to being asked for one folder by its name; null: there is none. */
  readonly named = new Map<string, SourceFolder | null>();
  readonly states = new Map<string, FileState>();
  readonly #folders = new Map<string, SeenFolder>();

  below(name: string): SeenFolder {
    const known = this.#folders.get(name) ?? new SeenFolder();
    this.#folders.set(name, known);
    return known;
  }

  /** What does not stand in it any more is forgotten. */
  listed(listing: Listing): void {
    this.listing = listing;
    keepOnly(this.states, listing.files);
    keepOnly(this.#folders, listing.folders);
  }

  /** Forgets what stands there and everything below, and on the way there what the folders hold. */
  forget([name, ...deeper]: ToldPath): void {
    if (name === undefined) return this.forgetAll();
    this.listing = null;
    this.named.clear();
    if (deeper.length > 0) {
      this.#folders.get(name)?.forget(deeper);
      return;
    }
    this.states.delete(name);
    this.#folders.delete(name);
  }

  forgetAll(): void {
    this.listing = null;
    for (const kept of [this.named, this.states, this.#folders]) kept.clear();
  }

  /** How much is held, in files and folders. */
  get size(): number {
    const { files, folders } = this.listing ?? { files: [], folders: [] };
    let size = files.length + folders.length + this.named.size + this.states.size;
    for (const folder of this.#folders.values()) size += folder.size;
    return size;
  }
}

function keepOnly(kept: Map<string, unknown>, named: readonly { readonly name: string }[]): void {
  const names = new Set(named.map(({ name }) => name));
  for (const name of kept.keys()) if (!names.has(name)) kept.delete(name);
}
