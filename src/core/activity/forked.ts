/**
 * A fork begins as a copy of another session: under new ids, at the same times. What was copied counts in the earliest session that
 * has it, and in the fork when that session is not there.
 */
import type { ActivityEntry } from '../model/activity.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import { byStartThenId } from '../catalog/catalog-groups.ts';
import type { SessionWork } from './session-work.ts';
import { workOf } from './session-work.ts';

/** A session, and what is known of its work. */
export interface Worked {
  readonly row: CatalogRow;
  readonly work: SessionWork;
}

/** The same sessions, those that hold copies without what is counted elsewhere. */
export function withoutCopies(sessions: readonly Worked[]): Worked[] {
  if (sessions.every(({ work }) => work.early.length === 0)) return [...sessions];
  const first = firstWithPrompts(sessions);
  return sessions.map(({ row, work }) => {
    if (work.early.length === 0) return { row, work };
    const own = ownTurns(work.early, (time) => first.get(time)?.sessionId === row.sessionId);
    return { row, work: joined(workOf(own), work) };
  });
}

/** The earliest session with a prompt at each moment. */
function firstWithPrompts(sessions: readonly Worked[]): Map<number, CatalogRow> {
  const first = new Map<number, CatalogRow>();
  const note = (time: number, row: CatalogRow): void => {
    const known = first.get(time);
    if (known === undefined || byStartThenId(row, known) < 0) first.set(time, row);
  };
  for (const { row, work } of sessions) {
    for (const { time } of work.prompts) note(time, row);
    for (const { role, time } of work.early) if (role === 'user') note(time, row);
  }
  return first;
}

/** The turns that are nobody else’s; what stands before the first prompt goes with it. */
function ownTurns(early: readonly ActivityEntry[], isOwn: (time: number) => boolean): ActivityEntry[] {
  const firstPrompt = early.find(({ role }) => role === 'user');
  let counts = firstPrompt === undefined || isOwn(firstPrompt.time);
  return early.filter(({ role, time }) => {
    if (role === 'user') counts = isOwn(time);
    return counts;
  });
}

function joined(early: SessionWork, later: SessionWork): SessionWork {
  return {
    prompts: [...early.prompts, ...later.prompts],
    turns: [...early.turns, ...later.turns].sort((a, b) => a.start - b.start),
    uses: [...early.uses, ...later.uses],
    early: [],
  };
}
