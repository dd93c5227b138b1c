/** A job: one session that is to be extracted, as far as the ledger does not say it is. */
import type { Tool } from './agent-session.ts';

/** `update`: it has messages that no persona keeps. `kept`: all of it is kept. `archive`: it is old and nothing of it is kept. */
export type JobKind = 'update' | 'kept' | 'archive';

/** `failed`: tried `MOST_TRIES` times; it waits for the person. */
export type JobState = 'queued' | 'running' | 'done' | 'failed';

export interface Job {
  /** The session's: a session has one job at most. */
  readonly id: string;
  readonly kind: JobKind;
  readonly source: Tool;
  readonly state: JobState;
  /** Left to analyse; as near as the catalog can say until its source was read. */
  readonly messages: number;
  readonly tokens: number;
  readonly tries: number;
  /** Not to be tried before, ms since 1970; null: at once. */
  readonly notBefore: number | null;
  /** Why it failed last, or what it waits for, in words for the person. */
  readonly reason: string | null;
  /** Its source was not connected when it was its turn. */
  readonly isWaiting: boolean;
  /** When it was queued, ms since 1970. */
  readonly queued: number;
  /** The session as it was when the job was queued: when it is another, a job that failed is queued again. */
  readonly stamp: string;
}

export const MOST_TRIES = 5;
