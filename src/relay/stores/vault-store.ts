/** A vault that was found: what of it is needed to open it and to work in it. */
export interface Vault {
  /** {@link vaultName} of its id: what stores and logs know it by. */
  readonly name: string;
  /** Another one for each time a vault of this id is made: work begun in a deleted one never touches its successor. */
  readonly generation: string;
  /** SHA-256 of the access key. */
  readonly keyHash: Uint8Array;
}

/** Names one content of one shard, and no other one ever: letters, digits, `-` and `_`. */
export type Version = string;

export interface ShardEntry {
  readonly shard: string;
  readonly version: Version;
  readonly bytes: number;
}

export interface StoredShard {
  readonly version: Version;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What a vault may hold at most. */
export interface Quota {
  readonly bytes: number;
  readonly shards: number;
}

export type PutOutcome =
  | { readonly kind: 'written'; readonly version: Version }
  /** The shard is not at the expected version but at this one; null when it is not there. */
  | { readonly kind: 'conflict'; readonly version: Version | null }
  | { readonly kind: 'no-vault' }
  /** The vault's quota is used up. */
  | { readonly kind: 'vault-full' };

export type RemoveOutcome = Exclude<PutOutcome, { kind: 'written' | 'vault-full' }> | { readonly kind: 'removed' };

/** What happened to a vault, through whichever process. A null version: the shard was deleted. */
export type Change =
  | { readonly kind: 'shard'; readonly shard: string; readonly version: Version | null }
  | { readonly kind: 'vault-deleted' }
  /** Notices may have been lost: look at the index. */
  | { readonly kind: 'unknown' };

export type ChangeListener = (change: Change) => void;

/**
 * Where a relay keeps its vaults. Several processes may work on one store. What `put` has answered is on the disk, whole, and a
 * crash in the middle of one leaves what was there. Methods throw {@link StoreFull} when the disk is full and
 * {@link StoreUnsure} when it can't be told whether a write counts.
 */
export interface VaultStore {
  find(name: string): Promise<Vault | null>;
  /** Makes a vault. When one of that name is there, gives that one. */
  create(name: string, keyHash: Uint8Array): Promise<Vault>;
  /** The shards by name; null when the vault was deleted. */
  index(vault: Vault): Promise<readonly ShardEntry[] | null>;
  read(vault: Vault, shard: string): Promise<StoredShard | null>;
  /** @param expected the version it replaces; null when there must be none */
  put(
    vault: Vault,
    shard: string,
    expected: Version | null,
    body: Uint8Array<ArrayBuffer>,
    quota: Quota,
  ): Promise<PutOutcome>;
  /** @param expected the version it removes; null for any */
  remove(vault: Vault, shard: string, expected: Version | null): Promise<RemoveOutcome>;
  /** Removes a vault with all that is in it. */
  removeVault(vault: Vault): Promise<void>;
  /**
   * Tells of every change of a vault, until the function it gives is called. The first it tells is `unknown`: from then on
   * nothing is missed.
   */
  listen(vault: Vault, listener: ChangeListener): () => void;
  countVaults(): Promise<number>;
  /** Throws when the store can't be used now. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** There is no room on the disk. Nothing was changed. */
export class StoreFull extends Error {
  constructor(cause: unknown) {
    super('The disk is full.', { cause });
    this.name = 'StoreFull';
  }
}

/** The store can't be reached, or it can't be told whether a write counts: the vault has to be looked at again. */
export class StoreUnsure extends Error {
  constructor(cause?: unknown) {
    super('It is not known whether this was written.', { cause });
    this.name = 'StoreUnsure';
  }
}
