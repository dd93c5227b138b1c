/**
 * A fork begins as a copy of another session: under new ids, at the same times. What was copied counts in the earliest session that
 * has it, and in the fork when that session is not there.
 */
import { byStartThenId } from '../catalog/catalog-groups.ts';
import type { SessionActivity } from '../model/activity.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import type { SessionWork } from './session-work.ts';
import { sessionWork } from './session-work.ts';

/** A session, and what is known of its work. */
export interface Worked {
  readonly row: CatalogRow;
  readonly work: SessionWork;
  /** What it is made of, of sessions with turns from before they began. */
  readonly activity?: SessionActivity | undefined;
}

/** The same sessions, those that hold copies without what is counted elsewhere. */
export function withoutCopies(sessions: readonly Worked[]): readonly Worked[] {
  if (sessions.every(({ work }) => work.early.length === 0)) return sessions;
  const first = firstWithPrompts(sessions);
  return sessions.map((session) => {
    const { row, work, activity } = session;
    if (work.early.length === 0 || activity === undefined) return session;
    return { row, work: sessionWork(activity, row.startTime, (time) => first.get(time)?.sessionId === row.sessionId) };
  });
}

/** The earliest session with a prompt at each moment. */
function firstWithPrompts(sessions: readonly Worked[]): Map<number, CatalogRow> {
  const first = new Map<number, CatalogRow>();
  for (const { row, work } of sessions) {
    for (const { time } of work.prompts) {
      const known = first.get(time);
      if (known === undefined || byStartThenId(row, known) < 0) first.set(time, row);
    }
  }
  return first;
}
