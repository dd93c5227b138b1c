import type { CatalogRow } from '../model/agent-session.ts';
import { DAY_MS } from '../model/constants.ts';
import type { PersonaSummary } from '../model/views.ts';
import type { PersonaGroup } from '../state/records.ts';
import { personaId } from '../state/records.ts';

const WEEK_MS = 7 * DAY_MS;
const WEEKS_SHOWN = 26;
const TOPICS_SHOWN = 3;

/** What the catalog knows of one persona. */
export interface PersonaTotals {
  messages: number;
  sessions: number;
  firstTime: number;
  lastTime: number;
  /** Top-level sessions it spoke in. */
  rows: CatalogRow[];
}

/** Counts each persona's messages and sessions over the whole catalog, by persona id. */
export function personaTotals(rows: Iterable<CatalogRow>): Map<string, PersonaTotals> {
  const totals = new Map<string, PersonaTotals>();
  for (const row of rows) {
    for (const share of row.agents) {
      const id = personaId(row.source, share.agent);
      const total = totals.get(id) ?? emptyTotals();
      total.messages += share.messages;
      total.sessions += 1;
      total.firstTime = Math.min(total.firstTime, share.firstTime);
      total.lastTime = Math.max(total.lastTime, share.lastTime);
      total.rows.push(row);
      totals.set(id, total);
    }
  }
  return totals;
}

/** One persona as its card shows it. */
export function summarisePersona(
  group: PersonaGroup,
  totals: PersonaTotals | undefined,
  bytes: number,
): PersonaSummary {
  const { id, name, agent, source } = group.record;
  const known = totals !== undefined && totals.messages > 0;
  return {
    id,
    name: name ?? agent,
    source,
    agent,
    sessions: totals?.sessions ?? 0,
    messagesTotal: totals?.messages ?? group.messages.length,
    messagesKept: group.messages.length,
    firstTime: known ? totals.firstTime : (group.messages[0]?.time ?? null),
    lastTime: known ? totals.lastTime : (group.messages.at(-1)?.time ?? null),
    bytes,
    activity: totals === undefined ? [] : weeklyActivity(agent, totals),
    topics: totals === undefined ? [] : newestTitles(totals.rows),
  };
}

/** Messages a week, oldest first, up to the last week it spoke in. A session's messages count in the week it ended. */
function weeklyActivity(agent: string, { rows, lastTime }: PersonaTotals): number[] {
  const weeks: number[] = Array.from({ length: WEEKS_SHOWN }, () => 0);
  for (const row of rows) {
    for (const share of row.agents) {
      const back = Math.floor((lastTime - share.lastTime) / WEEK_MS);
      const week = WEEKS_SHOWN - 1 - back;
      if (share.agent === agent && week >= 0) weeks[week] = (weeks[week] ?? 0) + share.messages;
    }
  }
  return weeks;
}

function newestTitles(rows: readonly CatalogRow[]): string[] {
  return [...rows]
    .sort((a, b) => b.sourceUpdated - a.sourceUpdated || (a.sessionId < b.sessionId ? -1 : 1))
    .slice(0, TOPICS_SHOWN)
    .map((row) => row.summary);
}

function emptyTotals(): PersonaTotals {
  return {
    messages: 0,
    sessions: 0,
    firstTime: Number.POSITIVE_INFINITY,
    lastTime: Number.NEGATIVE_INFINITY,
    rows: [],
  };
}
