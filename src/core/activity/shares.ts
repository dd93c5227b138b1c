/** Adds up own and agent time, for each day and group. */
import type { ActivityShare, GroupShare } from '../model/activity-views.ts';
import type { Conversation } from './accounts.ts';

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
  addAgent(conversation: Conversation, start: number, end: number): void {
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
  readonly #groups = new Map<string, { readonly name: string; readonly sums: Sums }>();

  of(key: string, name: string): Sums {
    let group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, (group = { name, sums: new Sums() }));
    return group.sums;
  }

  /** Busiest first. */
  shares(): GroupShare[] {
    const shares = [...this.#groups].map(([key, { name, sums }]) => ({ key, name, ...sums.share() }));
    return shares.sort((a, b) => b.agentMs - a.agentMs || b.ownMs - a.ownMs || (a.key < b.key ? -1 : 1));
  }
}
