import { HEAD_KEYS, messageHead, timeOf } from '../opencode-shared/message-rules.ts';
import type { Row, RowVisitor } from '../sqlite/row.ts';
import type { MessageHead } from '../source.ts';
import { SparseReader } from '../sparse-json.ts';
import { parseObject } from './json.ts';
import type { ProblemLog } from '../problem-log.ts';

export const MESSAGE_COLUMNS = ['id', 'session_id', 'time_created', 'time_updated', 'data'];
/** How many of the columns decide whether the row is wanted. */
export const MESSAGE_COLUMNS_AT_ONCE = 2;

const ID = 0;
const SESSION_ID = 1;
const TIME_CREATED = 2;
const TIME_UPDATED = 3;
const DATA = 4;

/**
 * Makes message heads of rows of `message`. A row that can't be one is told and left out.
 *
 * @param wanted ids of the sessions whose rows count
 */
export function messageVisitor(
  wanted: ReadonlySet<string> | 'all',
  log: ProblemLog,
  take: (head: MessageHead) => void,
): RowVisitor {
  return (row) => {
    const sessionId = row.text(SESSION_ID);
    if (wanted !== 'all' && (sessionId === null || !wanted.has(sessionId))) return true;
    if (!row.complete) return false;
    const head = sessionId === null ? 'it names no session' : readHead(row, sessionId);
    if (typeof head !== 'string') take(head);
    else {
      const id = row.text(ID) ?? String(row.rowid);
      const code = head === BAD_JSON ? 'bad-json' : 'damaged-row';
      log.skipped(code, id, `Message ${id} could not be read: ${head}. It was left out.`, 'message');
    }
    return true;
  };
}

const heads = new SparseReader(HEAD_KEYS);
const BAD_JSON = 'its data is not valid JSON';

/** The head, or why there is none. */
function readHead(row: Row, sessionId: string): MessageHead | string {
  const id = row.text(ID);
  if (id === null || id === '') return 'it has no id';
  const bytes = row.bytes(DATA);
  const data = bytes === null ? null : (heads.read(bytes) ?? parseObject(bytes));
  if (data === null) return BAD_JSON;
  const updated = timeOf(row.number(TIME_UPDATED));
  return messageHead(data, { id, sessionId, created: timeOf(row.number(TIME_CREATED)), updated });
}
