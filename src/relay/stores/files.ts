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
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { FactsCache } from './facts-cache.ts';
import { FolderWatch } from './folder-watch.ts';
import { sweep } from './sweep.ts';
import { nodeVaultFiles, type VaultFiles } from './vault-files.ts';
import {
  type ChangeListener,
  type PutOutcome,
  type Quota,
  type RemoveOutcome,
  type ShardEntry,
  type StoredShard,
  StoreUnsure,
  type Vault,
  type VaultStore,
  type Version,
} from './vault-store.ts';
import { newestOf, versionsOf } from './version-files.ts';
import { asFull, type Current, VersionFolder } from './version-folder.ts';

/** Names of deleted shards stay: so many names for each shard that a vault may have. */
export const NAMES_PER_SHARD = 16;

const VaultFile = v.object({ v: v.literal(1), generation: v.string(), key: v.string() });

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
    for (const above of [join(place, '..'), join(place, '../..'), this.#folder, dirname(this.#folder)]) {
      // eslint-disable-next-line no-await-in-loop -- from the vault up, so that no name leads nowhere
      await this.#files.syncFolder(above);
    }
    const vault = await this.find(name);
    if (vault === null) throw new StoreUnsure(); // deleted in this moment
    return vault;
  }

  async index(vault: Vault): Promise<readonly ShardEntry[] | null> {
    return this.#versions(vault).entries();
  }

  async read(vault: Vault, shard: string): Promise<StoredShard | null> {
    return this.#versions(vault).read(shard);
  }

  async put(
    vault: Vault,
    shard: string,
    expected: Version | null,
    body: Uint8Array<ArrayBuffer>,
    quota: Quota,
  ): Promise<PutOutcome> {
    const versions = this.#versions(vault);
    const current = await versions.current(shard);
    if (current === null) return { kind: 'no-vault' };
    if (current.version !== expected) return { kind: 'conflict', version: current.version };
    if (!(await hasRoom(versions, current, shard, body.length, quota))) return { kind: 'vault-full' };
    const outcome = await versions.write(shard, current.number, body, await this.#temporary());
    if (outcome.kind === 'written') this.#watch.tell(vault, { kind: 'shard', shard, version: outcome.version });
    return outcome;
  }

  async remove(vault: Vault, shard: string, expected: Version | null): Promise<RemoveOutcome> {
    const versions = this.#versions(vault);
    const current = await versions.current(shard);
    if (current === null) return { kind: 'no-vault' };
    if (expected !== null && current.version !== expected) return { kind: 'conflict', version: current.version };
    if (current.version === null) return { kind: 'removed' };
    const outcome = await versions.write(shard, current.number, new Uint8Array(), await this.#temporary());
    if (outcome.kind === 'conflict' && expected === null) return this.remove(vault, shard, null);
    if (outcome.kind !== 'written') return outcome;
    this.#watch.tell(vault, { kind: 'shard', shard, version: null });
    return { kind: 'removed' };
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

  #versions(vault: Vault): VersionFolder {
    return new VersionFolder(this.#generationFolder(vault), vault.generation, this.#files, this.#facts);
  }

  #vaultFolder(name: string): string {
    return join(this.#folder, 'vaults', name.slice(0, 2), name);
  }

  #generationFolder({ name, generation }: Vault): string {
    return join(this.#vaultFolder(name), generation);
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

async function hasRoom(
  versions: VersionFolder,
  { names, version }: Current,
  shard: string,
  bytes: number,
  quota: Quota,
): Promise<boolean> {
  const isNew = newestOf(names, shard) === 0;
  if (isNew && versionsOf(names).size >= quota.shards * NAMES_PER_SHARD) return false;
  const entries = (await versions.entriesOf(names)) ?? (await versions.entries()) ?? [];
  if (version === null && entries.length >= quota.shards) return false;
  const held = entries.reduce((sum, entry) => sum + (entry.shard === shard ? 0 : entry.bytes), 0);
  return held + bytes <= quota.bytes;
}
