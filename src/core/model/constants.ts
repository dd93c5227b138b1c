/** The numbers of the import rules. Each can be set per run: tests need small ones. */
export const MIN_MESSAGES = 200;
export const MAX_AGE_DAYS = 14;
export const STATE_LIMIT_BYTES = 10_000_000;
/** Tokens of history that one call of an extraction takes: what is analysed and what stood before it. */
export const CALL_TOKEN_LIMIT = 10_000;
/** So many calls' worth of old sessions does one import queue. */
export const ARCHIVE_CALLS_PER_CYCLE = 50;

export const DAY_MS = 86_400_000;

export interface Limits {
  /** A persona with this many messages or fewer is never pruned. */
  readonly minMessages: number;
  /** Messages older than this may be pruned. */
  readonly maxAgeDays: number;
  /** The serialised persona state is never larger than this. */
  readonly stateLimitBytes: number;
  readonly callTokenLimit: number;
  readonly archiveCallsPerCycle: number;
}

export const DEFAULT_LIMITS: Limits = {
  minMessages: MIN_MESSAGES,
  maxAgeDays: MAX_AGE_DAYS,
  stateLimitBytes: STATE_LIMIT_BYTES,
  callTokenLimit: CALL_TOKEN_LIMIT,
  archiveCallsPerCycle: ARCHIVE_CALLS_PER_CYCLE,
};
