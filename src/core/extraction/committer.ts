/** Writes what a run has done: each time as one commit, and never more bytes than the state may have. */
import { shrunk } from '../import/shrink.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import type { Limits } from '../model/constants.ts';
import { problem, ProblemError } from '../model/problem.ts';
import type { ByteDecision } from '../model/receipt.ts';
import type { Stamp } from '../state/hybrid-clock.ts';
import type { PersonaState } from '../state/records.ts';
import type { StateAccess } from '../state/state-access.ts';
import type { PreparedState } from '../state/state-keeper.ts';
import { rowsByAge } from './finish.ts';
import type { Jobs } from './queue.ts';

/** When something has to leave, so much room is made, that it does not have to at every commit. */
const ROOM = 0.03;
const ATTEMPTS = 8;

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
      const prepared = this.#prepared(state);
      await this.#access.commit({ prepared, jobs });
    });
  }

  #prepared(state: PersonaState): PreparedState {
    const { keeper } = this.#access;
    const { stateLimitBytes } = this.#limits;
    let prepared = keeper.prepare(state);
    let left = state;
    for (let attempt = 0; prepared.bytes > stateLimitBytes && attempt < ATTEMPTS; attempt += 1) {
      const step = shrunk(left, prepared.bytes - stateLimitBytes * (1 - ROOM), this.#limits);
      this.decisions.push(...step.decisions);
      left = step.state;
      prepared = keeper.prepare(left);
    }
    if (prepared.bytes <= stateLimitBytes) return prepared;
    const message = `What is remembered does not fit ${stateLimitBytes} bytes even with every message left out. Nothing was changed.`;
    throw new ProblemError(problem('internal', 'error', 'persona state', message));
  }
}
