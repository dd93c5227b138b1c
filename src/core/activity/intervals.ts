/** Opens a total into the stretches of time it is made of. */
import type { IntervalPage, IntervalRow, IntervalsQuery } from '../model/activity-views.ts';
import type { Accounts } from './accounts.ts';
import { groupOf, personaOf } from './accounts.ts';
import type { Piece } from './report.ts';
import { piecesIn } from './report.ts';
import { lengthOf } from './stretches.ts';

const PAGE = 100;

export function intervalPage(accounts: Accounts, query: IntervalsQuery): IntervalPage {
  const { kind, group, by = 'project', offset = 0, limit = PAGE } = query;
  const pieces = [...piecesIn(accounts, query, kind)].filter(
    ({ conversation, prompt }) => group === undefined || groupOf(conversation, prompt, by) === group,
  );
  return {
    total: pieces.length,
    ms: lengthOf(pieces),
    rows: pieces.slice(offset, offset + limit).map(toRow),
  };
}

function toRow({ kind, start, end, conversation: { row }, prompt }: Piece): IntervalRow {
  return {
    kind,
    start,
    end,
    sessionId: row.sessionId,
    title: row.summary,
    projectName: row.projectName,
    persona: personaOf(row, prompt),
    promptId: prompt?.id ?? null,
  };
}
