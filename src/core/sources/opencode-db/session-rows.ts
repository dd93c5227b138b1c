import { timeOf } from '../opencode-shared/message-rules.ts';
import type { Row, RowVisitor } from '../sqlite/row.ts';
import type { SessionHead } from '../source.ts';
import { parseObjectText, stringOf } from './json.ts';
import type { ProblemLog } from '../problem-log.ts';

/** All that the session list needs; never more, for the table also holds diffs. */
export const SESSION_COLUMNS = [
  'id',
  'parent_id',
  'title',
  'directory',
  'revert',
  'time_created',
  'time_updated',
  'time_archived',
  'fork_session_id',
];

/** Where the id stands in those. */
export const SESSION_ID = 0;
const PARENT_ID = 1;
const TITLE = 2;
const DIRECTORY = 3;
const REVERT = 4;
const TIME_CREATED = 5;
const TIME_UPDATED = 6;
const TIME_ARCHIVED = 7;
const FORK_SESSION_ID = 8;

/** Makes session heads of rows of `session` and `session_v2`. One without an id is told and left out; nonsense in its times is told only. */
export function sessionVisitor(log: ProblemLog, take: (head: SessionHead) => void): RowVisitor {
  return (row) => {
    if (!row.complete) return false;
    const id = row.text(SESSION_ID);
    if (id === null || id.trim() === '') {
      const place = String(row.rowid);
      log.skipped('damaged-row', place, `Session row ${place} has no id. It was left out.`, 'session');
    } else take(readHead(row, id, log));
    return true;
  };
}

function readHead(row: Row, id: string, log: ProblemLog): SessionHead {
  const created = timeOf(row.number(TIME_CREATED));
  const updated = timeOf(row.number(TIME_UPDATED));
  if (created === null || updated === null) {
    log.warned('damaged-row', id, `Session ${id} has a time that can't be. It is listed without it.`);
  }
  return {
    id,
    parentId: emptyToNull(row.text(PARENT_ID)),
    title: row.text(TITLE) ?? '',
    directory: row.text(DIRECTORY) ?? '',
    timeCreated: created ?? updated ?? 0,
    timeUpdated: updated ?? created ?? 0,
    archived: (row.number(TIME_ARCHIVED) ?? 0) > 0,
    revertedFrom: revertedMessage(row.text(REVERT)),
    ...(emptyToNull(row.text(FORK_SESSION_ID)) === null ? {} : { fork: true }),
  };
}

/** The message a session's `revert` names, or null. */
export function revertedMessage(revert: string | null): string | null {
  const data = revert === null ? null : parseObjectText(revert);
  return emptyToNull(stringOf(data?.['messageID']));
}

function emptyToNull(text: string | null): string | null {
  return text === '' ? null : text;
}
