/**
 * Claude Code deletes transcripts that nothing was written to for 30 days (`cleanupPeriodDays`) when it starts. What it will
 * delete soon is pointed out in time.
 */
import type { CatalogRow } from '../model/agent-session.ts';
import { DAY_MS } from '../model/constants.ts';

/** Claude Code's own default of `cleanupPeriodDays`. */
export const SWEEP_AFTER_DAYS = 30;
/** So many days before the sweep a session is pointed out. One still there as long after it is kept by a longer period. */
export const SWEEP_NOTICE_DAYS = 5;

type Swept = Pick<CatalogRow, 'source' | 'parentSessionId' | 'startTime' | 'endTime' | 'sourceUpdated'>;

/**
 * When Claude Code will delete the transcript of a session, ms since 1970, if that is within {@link SWEEP_NOTICE_DAYS} of now;
 * else null. Sub-agents go with their session and are not told apart.
 */
export function sweepAt(row: Swept, now: number): number | null {
  if (row.source !== 'claude' || row.parentSessionId !== null) return null;
  const lastActive = Math.max(row.endTime ?? row.startTime, row.sourceUpdated);
  const at = lastActive + SWEEP_AFTER_DAYS * DAY_MS;
  return Math.abs(at - now) <= SWEEP_NOTICE_DAYS * DAY_MS ? at : null;
}
