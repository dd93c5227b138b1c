/** Writes what a run has done: each time as one commit, and never more bytes than the state may have. */
import { preparedWithin } from '../import/shrink.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import type { Limits } from '../model/constants.ts';
import type { ByteDecision } from '../model/receipt.ts';
import type { Stamp } from '../state/hybrid-clock.ts';
import type { PersonaState } from '../state/records.ts';
import type { StateAccess } from '../state/state-access.ts';
import { rowsByAge } from './finish.ts';
import type { Jobs } from './queue.ts';

export class Committer {
  readonly decisions: ByteDecision[] = [];
  readonly #access: StateAccess;
  readonly #limits: Limits;
  #rows: { revision: number; rows: readonly CatalogRow[] } | null = null;

  constructor(access: StateAccess, limits: Limits) {
    this.#access = access;
    this.#limits = limits;
  }

  /** The catalog, the sessions that were silent longest first. */
  get rows(): readonly CatalogRow[] {
    const { catalog } = this.#access;
    if (this.#rows?.revision !== catalog.revision)
      this.#rows = { revision: catalog.revision, rows: rowsByAge(catalog.rows()) };
    return this.#rows.rows;
  }

  /** @param plan from the state and the queue as they are then. Throws ProblemError `storage-failed`; then nothing changed. */
  commit(now: number, plan: (state: PersonaState, stamp: Stamp) => { state: PersonaState; jobs: Jobs }): Promise<void> {
    return this.#access.inTurn(async () => {
      const { keeper } = this.#access;
      const { state, jobs } = plan(keeper.state, this.#access.stamp(now));
      const { prepared, decisions } = preparedWithin(keeper, state, this.#limits);
      this.decisions.push(...decisions);
      await this.#access.commit({ prepared, jobs });
    });
  }
}
