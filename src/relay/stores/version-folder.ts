import { join } from 'node:path';
import { errorCode, isMissing } from '../../platform/node/system-error.ts';
import type { FactsCache } from './facts-cache.ts';
import type { FileFacts, VaultFiles } from './vault-files.ts';
import {
  type PutOutcome,
  type ShardEntry,
  type StoredShard,
  StoreFull,
  StoreUnsure,
  type Version,
} from './vault-store.ts';
import { newestOf, numbersOf, versionFile, versionsOf } from './version-files.ts';

/** How many replaced versions keep their names. */
const KEPT = 32;
/** How often to look again while others write. */
const MOST_TRIES = 50;

/** Where a shard stands: the highest number there is, and its version; null when it is not there or deleted. */
export interface Current {
  /** The listing that says so. */
  readonly names: readonly string[];
  readonly number: number;
  readonly version: Version | null;
}

export type WriteOutcome = Exclude<PutOutcome, { kind: 'vault-full' }>;

/** The versions of one vault's shards: how they are written and which of them count, as files.ts describes it. */
export class VersionFolder {
  readonly #path: string;
  readonly #generation: string;
  readonly #files: VaultFiles;
  readonly #facts: FactsCache;

  constructor(path: string, generation: string, files: VaultFiles, facts: FactsCache) {
    this.#path = path;
    this.#generation = generation;
    this.#files = files;
    this.#facts = facts;
  }

  /** Null when the vault is gone. */
  async current(shard: string): Promise<Current | null> {
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      const names = await this.#names();
      if (names === null) return null;
      const number = newestOf(names, shard);
      if (number === 0) return { names, number, version: null };
      const facts = await this.#facts.of(this.#file(shard, number));
      if (facts?.bytes) return { names, number, version: this.#version(number, facts) };
      // empty: deleted, or replaced in this moment
      if (number === newestOf((await this.#names()) ?? [], shard)) return { names, number, version: null };
    }
    throw new StoreUnsure();
  }

  async read(shard: string): Promise<StoredShard | null> {
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      const current = await this.current(shard);
      if (!current?.version) return null;
      const body = await this.#files.readWhole(this.#file(shard, current.number));
      if (body !== null) return { version: current.version, body };
    }
    throw new StoreUnsure();
  }

  /** The shards that are there, by name; null when the vault is gone. */
  async entries(): Promise<readonly ShardEntry[] | null> {
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      const names = await this.#names();
      if (names === null) return null;
      const entries = await this.entriesOf(names);
      if (entries !== null) return entries;
    }
    throw new StoreUnsure();
  }

  /** The shards in a listing; null when it has become old while it was read. */
  async entriesOf(names: readonly string[]): Promise<readonly ShardEntry[] | null> {
    const newest = [...versionsOf(names)];
    const facts = await Promise.all(newest.map(([shard, number]) => this.#facts.of(this.#file(shard, number))));
    const entries = newest.map(([shard, number], at) => {
      const { bytes, modified } = facts[at] ?? { bytes: 0, modified: 0 };
      return { shard, number, bytes, version: this.#version(number, { bytes, modified }) };
    });
    const empty = entries.filter(({ bytes }) => bytes === 0);
    if (empty.length > 0) {
      const now = versionsOf((await this.#names()) ?? []);
      // those that are still the newest are deleted, the others were replaced
      if (empty.some(({ shard, number }) => now.get(shard) !== number)) return null;
    }
    const there = entries
      .filter(({ bytes }) => bytes > 0)
      .map(({ shard, version, bytes }) => ({ shard, version, bytes }));
    return there.toSorted((a, b) => (a.shard < b.shard ? -1 : 1));
  }

  /**
   * Writes the version after this number, if nobody else did. An empty body deletes the shard.
   *
   * @param temporary a path of the same file system that nobody uses
   */
  async write(shard: string, after: number, body: Uint8Array<ArrayBuffer>, temporary: string): Promise<WriteOutcome> {
    const number = after + 1;
    const made = await asFull(() => this.#place(temporary, this.#file(shard, number), body));
    if (made === 'no-vault') return { kind: 'no-vault' };
    if (made === 'taken') {
      const current = await this.current(shard);
      return current === null ? { kind: 'no-vault' } : { kind: 'conflict', version: current.version };
    }
    try {
      await this.#files.syncFolder(this.#path);
    } catch (error) {
      if (isMissing(error)) return { kind: 'no-vault' }; // deleted in this moment
      throw error;
    }
    await this.#clearOlder(shard, number);
    return { kind: 'written', version: this.#version(number, made) };
  }

  /** Writes a file and gives it its name, if that is free. */
  async #place(temporary: string, path: string, body: Uint8Array): Promise<FileFacts | 'no-vault' | 'taken'> {
    try {
      await this.#files.write(temporary, body);
      const facts = await this.#files.facts(temporary);
      const linked = await this.#files.linkNew(temporary, path);
      if (facts === null || linked === null) return 'no-vault';
      return linked ? facts : 'taken';
    } finally {
      await this.#files.remove(temporary);
    }
  }

  /** After a version was linked: takes what the versions before it hold, and the names of the oldest. */
  async #clearOlder(shard: string, number: number): Promise<void> {
    const numbers = numbersOf((await this.#names()) ?? [], shard);
    const newest = Math.max(number, ...numbers);
    // so many others were written meanwhile that the name may have been given before
    if (newest >= number + KEPT) throw new StoreUnsure();
    if (number > 1) await this.#files.empty(this.#file(shard, number - 1));
    // who wrote the one before may have died before it came here
    const before = this.#file(shard, number - 2);
    if ((await this.#files.facts(before))?.bytes) await this.#files.empty(before);
    const oldest = numbers.filter((each) => each <= newest - KEPT);
    await Promise.all(oldest.map((each) => this.#files.remove(this.#file(shard, each))));
  }

  #names(): Promise<string[] | null> {
    return this.#files.names(this.#path);
  }

  #file(shard: string, number: number): string {
    return join(this.#path, versionFile(shard, number));
  }

  #version(number: number, { modified }: FileFacts): Version {
    return `${this.#generation}-${number}-${Math.round(modified * 1000).toString(36)}`;
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Tells a full disk from other failures. */
export async function asFull<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw FULL.has(errorCode(error) ?? '') ? new StoreFull(error) : error;
  }
}
