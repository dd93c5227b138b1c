/**
 * Brings a vault on a relay and what is kept here together.
 *
 * Contract:
 * - Pull, merge, push what changed, and again when someone else has written meanwhile, a bounded number of times. It ends when the
 *   relay holds exactly what is kept here.
 * - Only shards that changed travel. With nothing to do it is one request.
 * - A shard is written only over the version that was merged into what is kept here: no update is lost, whoever writes when, and
 *   whether or not an answer arrived.
 * - `known` says what was merged. It is written in the same transaction as the merge, never before; to lose it costs a pull.
 * - Nothing is written before the vault was found and everything that is new in it was opened. One envelope that is refused ends the
 *   sync; only `rewrite` goes on, and writes over what can't be used.
 * - A vault that was deleted is not made again unless that is what was asked for.
 * - `rewrite` writes everything, also what seems to be there, with a `seq` that is greater than what any device may have seen: the
 *   moment, in ms. Copies that are older than what was seen have nothing to say to it.
 * - `seq` of what is written is greater than any seen in the vault, and the greatest in the vault never falls: a shard that leaves
 *   and is made again has a greater one than before.
 */
import type { SyncReport } from '../model/sync-views.ts';
import { ProblemError } from '../model/problem.ts';
import type { Shard } from './envelope.ts';
import { type Fetched, fetchShards, hashOf } from './fetch-shards.ts';
import { planPush, push } from './push-shards.ts';
import type { FoundIndex, RelayClient } from './relay-client.ts';
import type { SyncPorts } from './relay-request.ts';
import type { KnownShard, KnownVault } from './sync-memory.ts';
import { lastSeq, NOTHING_KNOWN, unmerged, withShards } from './sync-memory.ts';
import { cancelled, goneWhileAway, othersWrite, vaultGone } from './sync-problems.ts';
import type { VaultKeys } from './vault-keys.ts';

/** What is kept here, as shards. */
export interface Kept {
  /** In the order they are to be written. The first is never empty nor gone. */
  shards(): readonly Shard[];
  /** Whether there is sense in a shard that was opened. */
  canRead(shard: Shard): boolean;
  /** It has not been in step with a vault for so long that deletions may have been forgotten there. */
  wasAway(): boolean;
  /**
   * Merges and remembers what is known, in one transaction.
   *
   * @param isWhole false: parts of the vault could not be used
   * @returns whether anything here was changed by it
   */
  merge(shards: readonly Shard[], known: KnownVault, isWhole: boolean): Promise<boolean>;
  /** What is kept here becomes what these shards say, and nothing else, in one transaction with what is known. */
  replace(shards: readonly Shard[], known: KnownVault): Promise<boolean>;
  remember(known: KnownVault): Promise<void>;
  /** All that the vault has is here: remembers when. */
  inStep(): Promise<void>;
}

/**
 * `rewrite`: the vault is made again when it is gone, and written as it is here, over what can't be opened too. `from-vault`: what is
 * kept here is given up for what the vault has.
 */
export type SyncPurpose = 'usual' | 'rewrite' | 'from-vault';

export interface SyncParts {
  readonly relay: RelayClient;
  readonly keys: VaultKeys;
  readonly kept: Kept;
  readonly known: KnownVault;
  /** ms */
  readonly now: number;
  readonly ports: SyncPorts;
  readonly signal: AbortSignal;
}

const ROUNDS = 12;
const WAIT_MS = 150;

export async function syncVault(parts: SyncParts, purpose: SyncPurpose): Promise<SyncReport> {
  return new Syncing(parts, purpose).run();
}

class Syncing {
  readonly #parts: SyncParts;
  readonly #purpose: SyncPurpose;
  #known: KnownVault;
  #makesVault = false;
  /** Something was merged here, or may have been written there. */
  #hasBegun = false;
  #pulled = 0;
  #merged = 0;
  #pushed = 0;

  constructor(parts: SyncParts, purpose: SyncPurpose) {
    this.#parts = parts;
    this.#purpose = purpose;
    this.#known = knownFor(purpose, parts);
  }

  async run(): Promise<SyncReport> {
    try {
      return await this.#rounds();
    } catch (error) {
      if (!this.#parts.signal.aborted || error instanceof ProblemError) throw error;
      throw cancelled(this.#hasBegun);
    }
  }

  async #rounds(): Promise<SyncReport> {
    for (let round = 1; round <= ROUNDS; round++) {
      // eslint-disable-next-line no-await-in-loop -- a round begins with what the one before has left
      await this.#pull(round === 1);
      // eslint-disable-next-line no-await-in-loop
      await this.#parts.kept.inStep();
      // eslint-disable-next-line no-await-in-loop
      const pushed = await this.#push();
      if (pushed === 'nothing') return this.#report();
      // eslint-disable-next-line no-await-in-loop
      if (pushed === 'overtaken') await this.#parts.ports.sleep(this.#wait(round), this.#parts.signal);
    }
    throw othersWrite();
  }

  /** Takes over what is new in the vault. */
  async #pull(isFirst: boolean): Promise<void> {
    const { kept, relay } = this.#parts;
    const index = await relay.index(this.#known.etag);
    if (index === 'same') return;
    if (index === null) {
      if (!isFirst || this.#purpose !== 'rewrite') throw vaultGone();
      if (kept.wasAway()) throw goneWhileAway();
      this.#known = { ...NOTHING_KNOWN, seq: this.#known.seq };
      this.#makesVault = true;
      return;
    }
    const changed = [...index.shards].filter(([id, version]) => this.#known.shards.get(id)?.version !== version);
    const wanted = changed.map(([id]) => ({ shard: id, lastSeq: lastSeq(this.#known, id) }));
    const canRead = this.#purpose === 'rewrite' ? (shard: Shard) => kept.canRead(shard) : null;
    const found = await fetchShards(wanted, this.#parts, canRead);
    const known = this.#nextKnown(index, found);
    const shards = [...found.values()].flatMap(({ shard }) => (shard === null ? [] : [shard]));
    const news = shards.length === 0 ? 0 : await this.#newsIn(found);
    const isTaken = this.#purpose === 'from-vault' && isFirst;
    const isWhole = shards.length === found.size;
    const isChanged = await (isTaken ? kept.replace(shards, known) : kept.merge(shards, known, isWhole));
    this.#known = known;
    this.#pulled += shards.length;
    if (!isChanged) return;
    this.#hasBegun = true;
    this.#merged += news;
  }

  /** One that was in the index and could not be had was taken away meanwhile. */
  #nextKnown({ etag, shards }: FoundIndex, found: ReadonlyMap<string, Fetched>): KnownVault {
    const next = new Map<string, KnownShard>();
    for (const [id, version] of shards) {
      const before = this.#known.shards.get(id);
      const known = found.get(id)?.known ?? (before?.version === version ? before : undefined);
      if (known !== undefined) next.set(id, known);
    }
    const seq = Math.max(this.#known.seq, ...[...next.values()].map((shard) => shard.seq));
    return withShards({ ...this.#known, etag, seq }, next);
  }

  /** How many of these shards are not what is kept here already. */
  async #newsIn(found: ReadonlyMap<string, Fetched>): Promise<number> {
    const own = new Set(await Promise.all(this.#parts.kept.shards().map(hashOf)));
    return [...found.values()].filter(({ known }) => !own.has(known.hash)).length;
  }

  /** Writes what is not on the relay as it is here, and takes away what is not here any more. */
  async #push(): Promise<'nothing' | 'done' | 'overtaken'> {
    const { keys, kept, relay } = this.#parts;
    const plan = await planPush(kept.shards(), this.#known.shards, keys);
    if (plan === null) return 'nothing';
    this.#hasBegun = true;
    const shards = new Map(this.#known.shards);
    const seq = this.#known.seq + 1;
    try {
      const { pushed, isOvertaken } = await push(plan, shards, { relay, keys, seq, makesVault: this.#makesVault });
      this.#pushed += pushed;
      this.#makesVault = false;
      return isOvertaken ? 'overtaken' : 'done';
    } finally {
      this.#known = withShards({ ...this.#known, seq }, shards);
      await kept.remember(this.#known);
    }
  }

  #report(): SyncReport {
    const { requests, bytesUp, bytesDown } = this.#parts.relay.traffic;
    return { pulled: this.#pulled, merged: this.#merged, pushed: this.#pushed, bytesUp, bytesDown, requests };
  }

  #wait(round: number): number {
    return WAIT_MS * round * (0.5 + this.#parts.ports.random());
  }
}

/** What a sync begins with. What a device gives up for the vault it gives up for nothing older than it has seen. */
function knownFor(purpose: SyncPurpose, { known, now }: Pick<SyncParts, 'known' | 'now'>): KnownVault {
  if (purpose === 'usual') return known;
  if (purpose === 'from-vault') return unmerged(known);
  const shards = [...known.shards].map(([id, shard]): [string, KnownShard] => [id, { ...shard, hash: '' }]);
  return { ...known, etag: null, seq: Math.max(known.seq, now), shards: new Map(shards) };
}
