/** The worker's side of activity. */
import { standupDays, standupText } from '../../core/activity/standup.ts';
import type {
  ActivityMessage,
  ActivityQuery,
  ActivityReport,
  IntervalPage,
  IntervalsQuery,
} from '../../core/model/activity-views.ts';
import type { ActivityApi } from './activity-api.ts';
import type { OpenSpace } from './open-space.ts';

export class ActivityHost implements ActivityApi {
  readonly #open: OpenSpace;

  constructor(open: OpenSpace) {
    this.#open = open;
  }

  report(query: ActivityQuery): Promise<ActivityReport> {
    return this.#open.workspace.activity.report(query);
  }

  intervals(query: IntervalsQuery): Promise<IntervalPage> {
    return this.#open.workspace.activity.intervals(query);
  }

  messages(sessionId: string, start: number, end: number): Promise<readonly ActivityMessage[]> {
    return this.#open.workspace.activity.messages(sessionId, start, end);
  }

  async standup(zone: string, window: number): Promise<string> {
    return standupText(await standupDays(this.#open.workspace.activity, { zone, window, now: Date.now() }));
  }
}
