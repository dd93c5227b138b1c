/**
 * Vaults in a folder, for any number of processes on one machine.
 *
 *   vaults/ab/<name>/vault.json             generation and hash of the key
 *   vaults/ab/<name>/<generation>/<shard>.<number>
 *   tmp/                                    what is being made, and deleted vaults
 *
 * The version of a shard with the highest number counts. A version is written under a temporary name, synced, and linked to the
 * number that follows the one it replaces: of several writers one gets the name, the others have a conflict, and a crash leaves
 * the old version whole. A version that was replaced is emptied, but its name stays until KEPT later ones exist: so a writer that
 * was asleep finds the name taken, and not free again. An empty version with the highest number is a deleted shard.
 *
 * On the wire a version is its generation, number and time: after a backup was put back, numbers are given again, but not the times.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { errorCode } from '../../platform/node/system-error.ts';
import { FactsCache } from './facts-cache.ts';
import { FolderWatch } from './folder-watch.ts';
import { sweep } from './sweep.ts';
import { type FileFacts, nodeVaultFiles, type VaultFiles } from './vault-files.ts';
import {
  type ChangeListener,
  type PutOutcome,
  type Quota,
  type RemoveOutcome,
  type ShardEntry,
  type StoredShard,
  StoreFull,
  StoreUnsure,
  type Vault,
  type VaultStore,
  type Version,
} from './vault-store.ts';
import { numbersOf, versionFile, versionsOf } from './version-files.ts';

/** How many replaced versions keep their names. */
const KEPT = 32;
/** How often to look again while others write. */
const MOST_TRIES = 50;

const VaultFile = v.object({ v: v.literal(1), generation: v.string(), key: v.string() });

/** Where a shard stands: the highest number there is, and its version; null when it is not there or deleted. */
interface Current {
  /** The listing that says so. */
  readonly names: readonly string[];
  readonly number: number;
  readonly version: Version | null;
}

/** Opens the store in a folder. Nothing is written before the first vault is made. */
export function openVaultFiles(folder: string, files: VaultFiles = nodeVaultFiles): VaultStore {
  return new FileVaults(folder, files);
}

class FileVaults implements VaultStore {
  readonly #folder: string;
  readonly #files: VaultFiles;
  readonly #facts: FactsCache;
  readonly #watch: FolderWatch;
  readonly #sweeping: { stop(): Promise<void> };
  #made: Promise<void> | null = null;

  constructor(folder: string, files: VaultFiles) {
    this.#folder = folder;
    this.#files = files;
    this.#facts = new FactsCache(files);
    this.#watch = new FolderWatch((vault) => this.index(vault));
    this.#sweeping = sweep(folder, files);
  }

  async find(name: string): Promise<Vault | null> {
    const bytes = await this.#files.read(join(this.#vaultFolder(name), 'vault.json'));
    if (bytes === null) return null;
    const { generation, key } = v.parse(VaultFile, JSON.parse(Buffer.from(bytes).toString()));
    return { name, generation, keyHash: Buffer.from(key, 'hex') };
  }

  async create(name: string, keyHash: Uint8Array): Promise<Vault> {
    const generation = randomBytes(6).toString('base64url');
    const made = await this.#temporary();
    const place = this.#vaultFolder(name);
    const content: v.InferOutput<typeof VaultFile> = { v: 1, generation, key: Buffer.from(keyHash).toString('hex') };
    try {
      await asFull(async () => {
        await this.#files.makeFolder(join(made, generation));
        await this.#files.write(join(made, 'vault.json'), Buffer.from(JSON.stringify(content)));
        await this.#files.syncFolder(made);
        await this.#files.makeFolder(join(place, '..'));
        await this.#files.moveFolder(made, place);
      });
    } finally {
      await this.#files.removeFolder(made); // another process was faster, or the disk is full
    }
    await this.#files.syncFolder(join(place, '..'));
    await this.#files.syncFolder(join(place, '../..'));
    const vault = await this.find(name);
    if (vault === null) throw new StoreUnsure(); // deleted in this moment
    return vault;
  }

  async index(vault: Vault): Promise<readonly ShardEntry[] | null> {
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      const names = await this.#names(vault);
      if (names === null) return null;
      const entries = await this.#entries(vault, names);
      if (entries !== null) return entries;
    }
    throw new StoreUnsure();
  }

  async read(vault: Vault, shard: string): Promise<StoredShard | null> {
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      const current = await this.#current(vault, shard);
      if (!current?.version) return null;
      const body = await this.#files.readWhole(this.#versionPath(vault, shard, current.number));
      if (body !== null) return { version: current.version, body };
    }
    throw new StoreUnsure();
  }

  async put(
    vault: Vault,
    shard: string,
    expected: Version | null,
    body: Uint8Array<ArrayBuffer>,
    quota: Quota,
  ): Promise<PutOutcome> {
    const current = await this.#current(vault, shard);
    if (current === null) return { kind: 'no-vault' };
    if (current.version !== expected) return { kind: 'conflict', version: current.version };
    if (!(await this.#hasRoom(vault, current.names, shard, body.length, quota))) return { kind: 'vault-full' };
    return this.#write(vault, shard, current.number, body);
  }

  async remove(vault: Vault, shard: string, expected: Version | null): Promise<RemoveOutcome> {
    const current = await this.#current(vault, shard);
    if (current === null) return { kind: 'no-vault' };
    if (expected !== null && current.version !== expected) return { kind: 'conflict', version: current.version };
    if (current.version === null) return { kind: 'removed' };
    const outcome = await this.#write(vault, shard, current.number, new Uint8Array());
    if (outcome.kind === 'written') return { kind: 'removed' };
    if (outcome.kind === 'conflict' && expected === null) return this.remove(vault, shard, null);
    return outcome;
  }

  async removeVault(vault: Vault): Promise<void> {
    const found = await this.find(vault.name);
    if (found?.generation !== vault.generation) return;
    const place = this.#vaultFolder(vault.name);
    const away = await this.#temporary();
    if (!(await this.#files.moveFolder(place, away))) return;
    await this.#files.syncFolder(join(place, '..'));
    await this.#files.removeFolder(away);
    this.#watch.tell(vault, { kind: 'vault-deleted' });
  }

  listen(vault: Vault, listener: ChangeListener): () => void {
    return this.#watch.listen(vault, this.#generationFolder(vault), listener);
  }

  async countVaults(): Promise<number> {
    const folders = await this.#files.list(join(this.#folder, 'vaults'));
    const inside = await Promise.all(folders.map((name) => this.#files.list(join(this.#folder, 'vaults', name))));
    return inside.reduce((sum, names) => sum + names.length, 0);
  }

  async check(): Promise<void> {
    await this.#files.list(this.#folder);
  }

  async close(): Promise<void> {
    this.#watch.close();
    await this.#sweeping.stop();
  }

  /** Writes the version after this number, if nobody else did. An empty body deletes the shard. */
  async #write(
    vault: Vault,
    shard: string,
    after: number,
    body: Uint8Array<ArrayBuffer>,
  ): Promise<Exclude<PutOutcome, { kind: 'vault-full' }>> {
    const temporary = await this.#temporary();
    const number = after + 1;
    const path = this.#versionPath(vault, shard, number);
    const made = await asFull(() => this.#place(temporary, path, body));
    if (made === 'no-vault') return { kind: 'no-vault' };
    if (made === 'taken') return this.#conflict(vault, shard);
    await this.#files.syncFolder(this.#generationFolder(vault));
    await this.#clearOlder(vault, shard, number);
    const version = versionOf(vault, number, made);
    this.#watch.tell(vault, { kind: 'shard', shard, version: body.length > 0 ? version : null });
    return { kind: 'written', version };
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

  async #conflict(vault: Vault, shard: string): Promise<Exclude<PutOutcome, { kind: 'vault-full' | 'written' }>> {
    const current = await this.#current(vault, shard);
    return current === null ? { kind: 'no-vault' } : { kind: 'conflict', version: current.version };
  }

  /** After a version was linked: takes what the versions before it hold, and the names of the oldest. */
  async #clearOlder(vault: Vault, shard: string, number: number): Promise<void> {
    const numbers = numbersOf((await this.#names(vault)) ?? [], shard);
    const newest = Math.max(number, ...numbers);
    // so many others were written meanwhile that the name may have been given before
    if (newest >= number + KEPT) throw new StoreUnsure();
    if (number > 1) await this.#files.empty(this.#versionPath(vault, shard, number - 1));
    // who wrote the one before may have died before it came here
    const before = this.#versionPath(vault, shard, number - 2);
    if ((await this.#files.facts(before))?.bytes) await this.#files.empty(before);
    const oldest = numbers.filter((each) => each <= newest - KEPT);
    await Promise.all(oldest.map((each) => this.#files.remove(this.#versionPath(vault, shard, each))));
  }

  async #current(vault: Vault, shard: string): Promise<Current | null> {
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      const names = await this.#names(vault);
      if (names === null) return null;
      const number = newestOf(names, shard);
      if (number === 0) return { names, number, version: null };
      const facts = await this.#factsOf(vault, shard, number);
      if (facts?.bytes) return { names, number, version: versionOf(vault, number, facts) };
      // empty: deleted, or replaced in this moment
      if (number === newestOf((await this.#names(vault)) ?? [], shard)) return { names, number, version: null };
    }
    throw new StoreUnsure();
  }

  /** The shards in a listing; null when it has become old while it was read. */
  async #entries(vault: Vault, names: readonly string[]): Promise<ShardEntry[] | null> {
    const newest = [...versionsOf(names)];
    const facts = await Promise.all(newest.map(([shard, number]) => this.#factsOf(vault, shard, number)));
    const entries = newest.map(([shard, number], at) => {
      const { bytes, modified } = facts[at] ?? { bytes: 0, modified: 0 };
      return { shard, version: versionOf(vault, number, { bytes, modified }), bytes };
    });
    const there = entries.filter(({ bytes }) => bytes > 0);
    if (there.length < entries.length && !(await this.#areStill(vault, newest, entries))) return null;
    return there.toSorted((a, b) => (a.shard < b.shard ? -1 : 1));
  }

  /** Whether those that are empty are deleted: still the newest of their shards. */
  async #areStill(
    vault: Vault,
    newest: readonly (readonly [string, number])[],
    entries: readonly ShardEntry[],
  ): Promise<boolean> {
    const names = await this.#names(vault);
    const now = versionsOf(names ?? []);
    return names !== null && newest.every(([shard, number], at) => entries[at]?.bytes || now.get(shard) === number);
  }

  async #hasRoom(vault: Vault, names: readonly string[], shard: string, bytes: number, quota: Quota): Promise<boolean> {
    const newest = versionsOf(names);
    if (!newest.has(shard) && newest.size >= quota.shards) return false; // deleted ones count: their names stay
    const entries = (await this.#entries(vault, names)) ?? (await this.index(vault)) ?? [];
    const held = entries.reduce((sum, entry) => sum + (entry.shard === shard ? 0 : entry.bytes), 0);
    return held + bytes <= quota.bytes;
  }

  #factsOf(vault: Vault, shard: string, number: number): Promise<FileFacts | null> {
    return this.#facts.of(this.#versionPath(vault, shard, number));
  }

  #names(vault: Vault): Promise<string[] | null> {
    return this.#files.names(this.#generationFolder(vault));
  }

  #vaultFolder(name: string): string {
    return join(this.#folder, 'vaults', name.slice(0, 2), name);
  }

  #generationFolder({ name, generation }: Vault): string {
    return join(this.#vaultFolder(name), generation);
  }

  #versionPath(vault: Vault, shard: string, number: number): string {
    return join(this.#generationFolder(vault), versionFile(shard, number));
  }

  /** A path that nobody uses. */
  async #temporary(): Promise<string> {
    this.#made ??= asFull(() => this.#files.makeFolder(join(this.#folder, 'tmp')));
    try {
      await this.#made;
    } catch (error) {
      this.#made = null;
      throw error;
    }
    return join(this.#folder, 'tmp', randomBytes(12).toString('hex'));
  }
}

/** The highest number of a shard; 0 when there is none. */
function newestOf(names: readonly string[], shard: string): number {
  return Math.max(0, ...numbersOf(names, shard));
}

function versionOf({ generation }: Vault, number: number, { modified }: FileFacts): Version {
  return `${generation}-${number}-${Math.round(modified * 1000).toString(36)}`;
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

async function asFull<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw FULL.has(errorCode(error) ?? '') ? new StoreFull(error) : error;
  }
}
