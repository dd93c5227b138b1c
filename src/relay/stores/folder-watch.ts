import { type FSWatcher, watch } from 'node:fs';
import { Listeners } from './listeners.ts';
import type { Change, ChangeListener, ShardEntry, Vault, Version } from './vault-store.ts';

/** Changes that come at once are looked at together, ms. */
const TOGETHER_MS = 50;

type ReadIndex = (vault: Vault) => Promise<readonly ShardEntry[] | null>;

interface Watched {
  readonly watcher: FSWatcher | null;
  /** Looks at the folder soon. */
  readonly look: () => void;
  /** Null until it was looked at. */
  known: Map<string, Version> | null;
  /** How often this process has told of something itself. */
  told: number;
  listeners: number;
}

/**
 * Tells listeners of a vault what this process writes, at once, and what others write to its folder, as the system tells it.
 * Where folders can't be watched, only the former.
 */
export class FolderWatch {
  readonly #index: ReadIndex;
  readonly #listeners = new Listeners();
  readonly #watched = new Map<string, Watched>();

  constructor(index: ReadIndex) {
    this.#index = index;
  }

  listen(vault: Vault, folder: string, listener: ChangeListener): () => void {
    const key = keyOf(vault);
    const watched = this.#watched.get(key) ?? this.#begin(vault, folder);
    watched.listeners += 1;
    this.#watched.set(key, watched);
    const stop = this.#listeners.add(key, listener);
    if (watched.known) listener({ kind: 'unknown' });
    return () => {
      stop();
      watched.listeners -= 1;
      if (watched.listeners > 0) return;
      watched.watcher?.close();
      this.#watched.delete(key);
    };
  }

  /** What this process did. */
  tell(vault: Vault, change: Change): void {
    const watched = this.#watched.get(keyOf(vault));
    if (!watched) return;
    watched.told += 1;
    if (change.kind === 'shard' && watched.known) note(watched.known, change.shard, change.version);
    this.#listeners.tell(keyOf(vault), change);
  }

  close(): void {
    for (const { watcher } of this.#watched.values()) watcher?.close();
    this.#watched.clear();
  }

  #begin(vault: Vault, folder: string): Watched {
    let timer: NodeJS.Timeout | null = null;
    const look = (): void => {
      timer ??= setTimeout(() => {
        timer = null;
        void this.#compare(vault);
      }, TOGETHER_MS);
    };
    const watched: Watched = { watcher: watchFolder(folder, look), look, known: null, told: 0, listeners: 0 };
    void Promise.resolve().then(() => this.#compare(vault));
    return watched;
  }

  /** Finds out what is not as it was known, and tells. */
  async #compare(vault: Vault): Promise<void> {
    const key = keyOf(vault);
    const watched = this.#watched.get(key);
    if (!watched) return;
    const { told } = watched;
    const entries = await this.#index(vault).catch(() => undefined);
    if (entries === undefined) this.#listeners.tell(key, { kind: 'unknown' });
    else if (entries === null) this.#listeners.tell(key, { kind: 'vault-deleted' });
    else if (watched.known === null) {
      watched.known = new Map(entries.map(({ shard, version }) => [shard, version]));
      this.#listeners.tell(key, { kind: 'unknown' });
    } else if (told === watched.told) this.#tellDifferences(key, watched.known, entries);
    else watched.look(); // what was read may be older than what was told meanwhile
  }

  #tellDifferences(key: string, known: Map<string, Version>, entries: readonly ShardEntry[]): void {
    const now = new Map(entries.map(({ shard, version }) => [shard, version]));
    const gone = [...known.keys()].filter((shard) => !now.has(shard));
    const changed = [...now].filter(([shard, version]) => known.get(shard) !== version);
    for (const [shard, version] of [...changed, ...gone.map((shard) => [shard, null] as const)]) {
      note(known, shard, version);
      this.#listeners.tell(key, { kind: 'shard', shard, version });
    }
  }
}

function watchFolder(folder: string, look: () => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, look);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null; // too many watches, or a file system without them
  }
}

function note(known: Map<string, Version>, shard: string, version: Version | null): void {
  if (version === null) known.delete(shard);
  else known.set(shard, version);
}

function keyOf({ name, generation }: Vault): string {
  return `${name}/${generation}`;
}
