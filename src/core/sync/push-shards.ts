/** Brings the relay from what it holds to what is kept here: what that takes, and doing it. */
import { atOnce } from '../net/at-once.ts';
import { seal, type Shard } from './envelope.ts';
import { hashOf } from './fetch-shards.ts';
import type { RelayClient } from './relay-client.ts';
import { AT_ONCE } from './relay-request.ts';
import type { KnownShard } from './sync-memory.ts';
import type { VaultKeys } from './vault-keys.ts';

export interface PushPlan {
  readonly changed: readonly OwnShard[];
  /** What they are called on the relay. */
  readonly gone: readonly string[];
}

interface OwnShard {
  readonly id: string;
  readonly hash: string;
  readonly shard: Shard;
}

type KnownShards = ReadonlyMap<string, KnownShard>;

/** Null when there is nothing to do. @param own all that is kept here; the first is never gone */
export async function planPush(
  own: readonly Shard[],
  known: KnownShards,
  { shardId }: Pick<VaultKeys, 'shardId'>,
): Promise<PushPlan | null> {
  const here = await Promise.all(
    own.map(async (shard): Promise<OwnShard> => {
      const [id, hash] = await Promise.all([shardId(shard.name), hashOf(shard)]);
      return { id, hash, shard };
    }),
  );
  const ids = new Set(here.map(({ id }) => id));
  const changed = here.filter(({ id, hash }) => known.get(id)?.hash !== hash);
  const gone = [...known.keys()].filter((id) => !ids.has(id));
  if (changed.length === 0 && gone.length === 0) return null;
  // when shards only leave, the greatest seq must not leave with them
  return { changed: changed.length === 0 ? here.slice(0, 1) : changed, gone };
}

export interface PushParts {
  readonly relay: RelayClient;
  readonly keys: VaultKeys;
  /** Of all that is written. */
  readonly seq: number;
  /** Whether the vault may be made by the first writing. */
  readonly makesVault: boolean;
}

/**
 * Each is written over the version that is known, and over no other one.
 *
 * @param shards what the relay holds; what was done is noted in it at once, so that it is known also when this throws
 * @returns how many were written or taken away, and whether another device was quicker: then not all were
 */
export async function push(
  { changed, gone }: PushPlan,
  shards: Map<string, KnownShard>,
  { relay, keys, seq, makesVault }: PushParts,
): Promise<{ readonly pushed: number; readonly isOvertaken: boolean }> {
  let pushed = 0;
  let isOvertaken = false;
  const write = async ({ id, hash, shard }: OwnShard, mayMake = false): Promise<void> => {
    if (isOvertaken) return;
    const version = await relay.put(id, await seal(shard, seq, keys), shards.get(id)?.version ?? null, mayMake);
    if (version === null) isOvertaken = true;
    else {
      shards.set(id, { version, seq, hash });
      pushed += 1;
    }
  };
  const remove = async (id: string): Promise<void> => {
    if (isOvertaken) return;
    if (!(await relay.remove(id, shards.get(id)?.version ?? ''))) isOvertaken = true;
    else {
      shards.delete(id);
      pushed += 1;
    }
  };
  const [first, ...rest] = changed;
  if (first !== undefined) await write(first, makesVault);
  await atOnce(AT_ONCE, rest, write);
  // only now: what was in them stands in what was written
  await atOnce(AT_ONCE, gone, remove);
  return { pushed, isOvertaken };
}
