/** How parts of the workspace read and change what is kept, one after the other and each in one transaction. */
import type { Catalog } from '../catalog/catalog.ts';
import type { Job } from '../model/job.ts';
import type { GroupStore } from './group-store.ts';
import type { Stamp } from './hybrid-clock.ts';
import type { PersonaState } from './records.ts';
import type { PreparedState, StateKeeper, Writes } from './state-keeper.ts';

export interface StateAccess {
  readonly store: GroupStore;
  readonly keeper: StateKeeper;
  readonly catalog: Catalog;
  readonly jobs: ReadonlyMap<string, Job>;
  now(): number;
  /** The stamp of one commit. */
  stamp(now: number): Stamp;
  /** Alone: nothing else reads or changes what is kept meanwhile. */
  inTurn<T>(task: () => Promise<T>): Promise<T>;
  /** Writes all of it or nothing. Only inside `inTurn`. Throws ProblemError `storage-failed`. */
  commit(change: StateChange): Promise<void>;
}

export interface StateChange {
  readonly state?: PersonaState;
  /** Instead of `state`, when it was encoded already. */
  readonly prepared?: PreparedState;
  readonly jobs?: ReadonlyMap<string, Job>;
  readonly writes?: Writes;
}
