import { SessionAuthor, type Studio } from './fixture-author.ts';
import { ContentMaker } from './fixture-content.ts';
import { mergeByTime } from './fixture-merge.ts';
import { type HistorySpec, planHistory, type SessionPlan } from './fixture-plan.ts';
import { SeededRandom } from './fixture-random.ts';
import type { Step } from './fixture-steps.ts';
import { HistoryTruth } from './fixture-truth.ts';
import { WordPool } from './fixture-words.ts';

const PROJECT_NAMES = ['shop', 'atlas', 'ledger', 'notes', 'größe', 'harbor', 'kiosk', 'lantern', 'meadow', 'quarry'];

/**
 * A whole invented history of known content. Steps come in the order a live tool would write them, a few sessions at a
 * time, never more in memory than what is being written. The truth is complete when the steps have run out.
 *
 * @example
 * const history = new FixtureHistory(SPECS.M);
 * writeOpencodeDb(SQL, history.steps(), files, options);
 * history.truth.totals(since);
 */
export class FixtureHistory {
  readonly truth = new HistoryTruth();
  readonly spec: HistorySpec;
  private readonly plans: readonly SessionPlan[];
  private readonly studio: Studio;

  constructor(spec: HistorySpec) {
    this.spec = spec;
    this.plans = planHistory(spec);
    const random = new SeededRandom(`${spec.seed} projects`);
    const places = PROJECT_NAMES.map((name) => ({ projectId: random.hex(40), directory: `/home/dev/src/${name}` }));
    const content = new ContentMaker(new WordPool(spec.seed), spec.textChars, spec.toolChars);
    this.studio = { spec, content, places };
  }

  *steps(): Generator<Step> {
    const at = (this.plans[0]?.start ?? this.spec.now) - 60_000;
    for (const { projectId: id, directory: worktree } of this.studio.places) {
      yield { table: 'project', at, row: { id, worktree, timeCreated: at } };
    }
    const open = (plan: SessionPlan) => new SessionAuthor(this.studio, plan, this.truth).steps();
    yield* mergeByTime(this.plans.map((plan) => ({ start: plan.start, open: () => open(plan) })));
  }
}
