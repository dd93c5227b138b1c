/** What is asked of activity and what it answers. Times are ms since 1970, lengths are ms; own and agent time are never one number. */
import type { TokenUse } from './activity.ts';
import type { Role } from './message.ts';

export type ActivityGrouping = 'project' | 'persona' | 'tool';

/** How long a prompt counts as own time at most, minutes: what may be chosen. */
export const OWN_WINDOWS = [1, 5, 10] as const;
export const DEFAULT_OWN_WINDOW = 5;

export interface ActivityQuery {
  readonly from: number;
  /** Not included. */
  readonly to: number;
  /** IANA name. */
  readonly zone: string;
  /** Minutes. */
  readonly window?: number;
  readonly by?: ActivityGrouping;
}

export interface ActivityShare {
  /** Estimated: of each prompt until the next one, the window at most. */
  readonly ownMs: number;
  /** Every agent’s time added up. */
  readonly agentMs: number;
  /** The time in which at least one agent was at work. */
  readonly wallMs: number;
  /** Conversations with own or agent time, sub-agents not counted apart. */
  readonly sessions: number;
}

export interface GroupShare extends ActivityShare {
  /** The folder, the id of the persona, or the tool. */
  readonly key: string;
  readonly name: string;
}

export interface ActivityDay extends ActivityShare {
  /** `2026-11-21` */
  readonly date: string;
  readonly start: number;
  readonly end: number;
  /** Most agents at work at once. */
  readonly peak: number;
  /** Those with any time, busiest first. */
  readonly groups: readonly GroupShare[];
}

/** What a model took. Cost is the recorded one, of the answers that have one; null when none has. */
export interface ModelUse extends TokenUse {
  readonly answers: number;
  readonly answersWithCost: number;
}

export interface ParallelStep {
  readonly start: number;
  /** Most agents at work at once in it. */
  readonly peak: number;
}

export interface ActivityReport {
  readonly from: number;
  readonly to: number;
  readonly window: number;
  readonly by: ActivityGrouping;
  /** Every day of the range, oldest first. */
  readonly days: readonly ActivityDay[];
  /** Over the whole range, busiest first. */
  readonly groups: readonly GroupShare[];
  readonly totals: ActivityShare & { readonly prompts: number };
  /** Of each hour of the week, Monday 0:00 first. */
  readonly hours: { readonly own: readonly number[]; readonly agent: readonly number[] };
  readonly parallel: { readonly stepMs: number; readonly steps: readonly ParallelStep[] };
  /** Most tokens first. */
  readonly models: readonly ModelUse[];
  /** Sessions in the range whose times an earlier version did not keep: to be had by importing them again. */
  readonly unread: number;
}

export type TimeKind = 'own' | 'agent';

export interface IntervalsQuery extends ActivityQuery {
  readonly kind: TimeKind;
  /** Of this group alone: its key, by `by`. */
  readonly group?: string;
  readonly offset?: number;
  readonly limit?: number;
}

/** A stretch of time that is part of a total, cut to the range. */
export interface IntervalRow {
  readonly kind: TimeKind;
  readonly start: number;
  readonly end: number;
  /** The conversation; its sub-agents are folded into it. */
  readonly sessionId: string;
  readonly title: string;
  readonly projectName: string;
  readonly persona: string;
  /** The prompt that began it; null where agents worked on their own. */
  readonly promptId: string | null;
}

export interface IntervalPage {
  readonly total: number;
  /** Of all of them, not only of the page. */
  readonly ms: number;
  /** Oldest first. */
  readonly rows: readonly IntervalRow[];
}

/** A message that an interval is made of. */
export interface ActivityMessage {
  readonly sessionId: string;
  readonly role: Role;
  readonly agent: string;
  readonly time: number;
  readonly end: number;
  /** Known of prompts. */
  readonly messageId: string | null;
}
