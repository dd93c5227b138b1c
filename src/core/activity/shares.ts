/** Adds up own and agent time, for each day and group. */
import type { ActivityShare, GroupShare } from '../model/activity-views.ts';
import type { AgentInterval, Conversation } from './accounts.ts';

/** The sums of one day, one group, or all of it. */
export class Sums {
  ownMs = 0;
  agentMs = 0;
  wallMs = 0;
  readonly #sessions = new Set<Conversation>();
  /** Until here the wall-clock time is counted. */
  #covered = Number.NEGATIVE_INFINITY;

  addOwn(conversation: Conversation, ms: number): void {
    this.ownMs += ms;
    this.#sessions.add(conversation);
  }

  /** Intervals must come by start. */
  addAgent({ conversation }: AgentInterval, start: number, end: number): void {
    this.agentMs += end - start;
    this.wallMs += Math.max(0, end - Math.max(start, this.#covered));
    this.#covered = Math.max(this.#covered, end);
    this.#sessions.add(conversation);
  }

  share(): ActivityShare {
    return { ownMs: this.ownMs, agentMs: this.agentMs, wallMs: this.wallMs, sessions: this.#sessions.size };
  }
}

/** Sums by group, made when they are needed. */
export class GroupSums {
  readonly all = new Sums();
  readonly #groups = new Map<string, Sums>();

  of(key: string): Sums {
    let sums = this.#groups.get(key);
    if (sums === undefined) this.#groups.set(key, (sums = new Sums()));
    return sums;
  }

  /** Busiest first. */
  shares(nameOf: (key: string) => string): GroupShare[] {
    const shares = [...this.#groups].map(([key, sums]) => ({ key, name: nameOf(key), ...sums.share() }));
    return shares.sort((a, b) => b.agentMs - a.agentMs || b.ownMs - a.ownMs || (a.key < b.key ? -1 : 1));
  }
}
