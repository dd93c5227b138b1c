/** What a device remembers of its vault, for itself: in no backup, and never on another device. */
import * as v from 'valibot';
import type { LastSync } from '../model/sync-views.ts';
import type { GroupStore } from '../state/group-store.ts';
import type { Writes } from '../state/state-keeper.ts';

const VAULT_KEY = 'sync/vault';
/** What the relay was last seen to hold. */
const KNOWN_KEY = 'sync/known';
const LAST_KEY = 'sync/last';

export interface JoinedVault {
  /** The secret code, base64. */
  readonly code: string;
  readonly relay: string;
  /** When it was made or joined, ms. */
  readonly since: number;
}

export interface KnownShard {
  readonly version: string;
  readonly seq: number;
  /** Of its name and text, as this device has seen or written it. */
  readonly hash: string;
}

/** Everything in it has been merged into what is kept here. */
export interface KnownVault {
  /** ETag of the index. */
  readonly etag: string | null;
  /** The greatest `seq` that was seen. */
  readonly seq: number;
  /** The clock of the state that all of this went into: one of an earlier clock was brought back from somewhere. */
  readonly clock: string | null;
  /** By what they are called on the relay. */
  readonly shards: ReadonlyMap<string, KnownShard>;
  /** The last `seq` of shards that are not there any more: older copies of them are refused as well. */
  readonly left: ReadonlyMap<string, number>;
}

export interface SyncMemory {
  /** Null: this device shares no vault. */
  readonly vault: JoinedVault | null;
  readonly last: LastSync | null;
}

export const NOTHING_KNOWN: KnownVault = { etag: null, seq: 0, clock: null, shards: new Map(), left: new Map() };
/** Of the shards that left, those with the greatest `seq`. */
const MOST_LEFT = 1_000;

type KnownRow = readonly [version: string, seq: number, hash: string];

const vaultGroup = v.object({ code: v.string(), relay: v.string(), since: v.number() });
const knownGroup = v.object({
  etag: v.nullable(v.string()),
  seq: v.number(),
  clock: v.nullable(v.string()),
  shards: v.record(v.string(), v.tuple([v.string(), v.number(), v.string()])),
  left: v.optional(v.record(v.string(), v.number()), {}),
});
const lastGroup = v.object({
  time: v.number(),
  report: v.nullable(
    v.object({
      pulled: v.number(),
      merged: v.number(),
      pushed: v.number(),
      bytesUp: v.number(),
      bytesDown: v.number(),
      requests: v.number(),
    }),
  ),
  problem: v.nullable(v.object({ code: v.string(), message: v.string() })),
});

export async function loadSyncMemory(store: GroupStore): Promise<SyncMemory> {
  const texts = await store.read([VAULT_KEY, LAST_KEY]);
  return { vault: readAs(vaultGroup, texts.get(VAULT_KEY)), last: readAs(lastGroup, texts.get(LAST_KEY)) };
}

export async function loadKnown(store: GroupStore): Promise<KnownVault> {
  return decodeKnown((await store.read([KNOWN_KEY])).get(KNOWN_KEY));
}

/** What is known when everything has to be merged again: which copies are old. */
export function unmerged(known: KnownVault): KnownVault {
  const shards = [...known.shards].map(([id, { seq }]): [string, KnownShard] => [id, { version: '', seq, hash: '' }]);
  return { ...known, etag: null, clock: null, shards: new Map(shards) };
}

/** To be written when the state becomes another one. */
export async function unmergedWrites(store: GroupStore): Promise<Writes> {
  const known = await loadKnown(store);
  return known === NOTHING_KNOWN ? new Map() : knownWrites(unmerged(known));
}

/** The last `seq` that was seen of a shard; 0: none. */
export function lastSeq({ shards, left }: KnownVault, id: string): number {
  return shards.get(id)?.seq ?? left.get(id) ?? 0;
}

/** When the relay holds these, and none else any more. */
export function withShards(known: KnownVault, shards: ReadonlyMap<string, KnownShard>): KnownVault {
  const gone = [...known.shards].map(([id, { seq }]): [string, number] => [id, seq]);
  const left = [...known.left, ...gone].filter(([id]) => !shards.has(id));
  return { ...known, shards, left: new Map(left.sort(([, a], [, b]) => b - a).slice(0, MOST_LEFT)) };
}

/** Null forgets the vault and all that was known of it. */
export function vaultWrites(vault: JoinedVault | null): Writes {
  return new Map([
    [VAULT_KEY, vault === null ? null : JSON.stringify(vault)],
    [KNOWN_KEY, null],
    [LAST_KEY, null],
  ]);
}

export function knownWrites({ shards, left, ...known }: KnownVault): Writes {
  const rows = [...shards].map(([id, { version, seq, hash }]): [string, KnownRow] => [id, [version, seq, hash]]);
  const group = { ...known, shards: Object.fromEntries(rows), left: Object.fromEntries(left) };
  return new Map([[KNOWN_KEY, JSON.stringify(group)]]);
}

export function lastWrites(last: LastSync): Writes {
  return new Map([[LAST_KEY, JSON.stringify(last)]]);
}

function decodeKnown(text: string | undefined): KnownVault {
  const read = readAs(knownGroup, text);
  if (read === null) return NOTHING_KNOWN;
  const shards = Object.entries(read.shards).map(([id, [version, seq, hash]]): [string, KnownShard] => [
    id,
    { version, seq, hash },
  ]);
  return { ...read, shards: new Map(shards), left: new Map(Object.entries(read.left)) };
}

/** Null also for what can't be read. */
function readAs<T>(schema: v.GenericSchema<unknown, T>, text: string | undefined): T | null {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  return read.success ? read.output : null;
}
