/** Persona state as the shards of a vault. */
import { DAY_MS, DEFAULT_LIMITS } from '../model/constants.ts';
import { REREAD_KEY } from '../import/run.ts';
import { ProblemError } from '../model/problem.ts';
import { wasAway, wasAwayTooLong } from '../state/deletions.ts';
import { NewerSchema } from '../state/migrate.ts';
import { mergeStates } from '../state/merge.ts';
import type { PersonaState } from '../state/records.ts';
import { emptyState } from '../state/records.ts';
import type { SharedState } from '../state/shared.ts';
import { readShards, shardsOf } from '../state/shards.ts';
import type { StateAccess } from '../state/state-access.ts';
import type { StateKeeper } from '../state/state-keeper.ts';
import type { Kept } from './client.ts';
import type { Shard } from './envelope.ts';
import { knownWrites, type KnownVault } from './sync-memory.ts';
import { awayTooLong, stateReplaced, vaultNewer, vaultUnreadable } from './sync-problems.ts';

/** In every vault, also one with nothing in it yet: it says that the secret code is right. */
export const MARKER: Shard = { name: 'vault', text: '{"dramatis":1}' };

export class KeptState implements Kept {
  readonly #access: StateAccess;
  /** Of the state that a sync began with. */
  #keeper: StateKeeper;
  #cut: { readonly state: PersonaState; readonly shards: readonly Shard[] } | null = null;

  constructor(access: StateAccess) {
    this.#access = access;
    this.#keeper = access.keeper;
  }

  /** Before what is known is read. When another state takes the place of this one meanwhile, nothing of the sync counts. */
  begin(): void {
    this.#keeper = this.#access.keeper;
  }

  shards(): readonly Shard[] {
    const state = this.#state();
    if (this.#cut?.state !== state) {
      const shards = [...shardsOf(state)].map(([name, text]): Shard => ({ name, text }));
      this.#cut = { state, shards: [MARKER, ...shards] };
    }
    return this.#cut.shards;
  }

  /** Throws ProblemError `vault-newer` for one that a later version wrote. */
  canRead(shard: Shard): boolean {
    try {
      sharedIn([shard]);
      return true;
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'vault-damaged') return false;
      throw error;
    }
  }

  wasAway(): boolean {
    return wasAway(this.#state().meta.inStep, this.#access.now());
  }

  merge(shards: readonly Shard[], known: KnownVault, isWhole: boolean): Promise<boolean> {
    const remote = sharedIn(shards);
    return this.#access.inTurn(async () => {
      const before = this.#state();
      const now = this.#access.now();
      if (wasAwayTooLong(before.meta.inStep, isWhole ? remote.gone : null, now)) throw awayTooLong();
      const options = { now, limits: DEFAULT_LIMITS };
      const { state, changed } = mergeStates(before, remote, options);
      const writes = this.#writes(known, state);
      await this.#access.commit(changed ? { state, writes } : { writes });
      return changed;
    });
  }

  replace(shards: readonly Shard[], known: KnownVault): Promise<boolean> {
    const remote = sharedIn(shards);
    return this.#access.inTurn(async () => {
      const { meta } = this.#state();
      const options = { now: this.#access.now(), limits: DEFAULT_LIMITS };
      const { state } = mergeStates({ ...emptyState(meta.device), meta }, remote, options);
      // what only this device had is in its sources: the next import offers it again
      const writes = new Map([...this.#writes(known, state), [REREAD_KEY, 'yes'] as const]);
      await this.#access.commit({ state, writes });
      return true;
    });
  }

  remember(known: KnownVault): Promise<void> {
    return this.#access.inTurn(() => this.#access.commit({ writes: this.#writes(known, this.#state()) }));
  }

  inStep(): Promise<void> {
    return this.#access.inTurn(async () => {
      const state = this.#state();
      const now = this.#access.now();
      const { meta, gone } = state;
      const inStep = { time: now - (now % DAY_MS), horizon: gone.horizon };
      if (meta.inStep?.time === inStep.time && meta.inStep.horizon === inStep.horizon) return;
      await this.#access.commit({ state: { ...state, meta: { ...meta, inStep } } });
    });
  }

  /** Throws when a backup was taken back: what is known was merged into another state. */
  #state(): PersonaState {
    if (this.#access.keeper !== this.#keeper) throw stateReplaced();
    return this.#keeper.state;
  }

  #writes(known: KnownVault, { meta }: PersonaState) {
    return knownWrites({ ...known, clock: meta.clock });
  }
}

function sharedIn(shards: readonly Shard[]): SharedState {
  const texts = shards.filter(({ name }) => name !== MARKER.name).map(({ name, text }) => [name, text] as const);
  try {
    return readShards(texts);
  } catch (error) {
    if (error instanceof NewerSchema) throw vaultNewer(error.message);
    throw vaultUnreadable(error instanceof Error ? error.message : String(error));
  }
}
