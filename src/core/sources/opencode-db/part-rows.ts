import { timeOf } from '../opencode-shared/message-rules.ts';
import { spokenText, toolRun } from '../opencode-shared/part-rules.ts';
import type { Row, RowVisitor } from '../sqlite/row.ts';
import type { Stretch } from '../../model/activity.ts';
import type { Reading, TextPiece, ToolCall } from '../source.ts';
import { isAt } from '../is-at.ts';
import { parseObject } from './json.ts';
import type { ProblemLog } from '../problem-log.ts';
import { SparseReader } from '../sparse-json.ts';
import { isSpokenAtSight } from './spoken-text.ts';
import { runAtSight } from './tool-run.ts';

export const PART_COLUMNS = ['id', 'message_id', 'session_id', 'time_created', 'data'];
export const PART_COLUMNS_AT_ONCE = 4;

const ID = 0;
const MESSAGE_ID = 1;
const SESSION_ID = 2;
const TIME_CREATED = 3;
const DATA = 4;

export interface PartListener extends Pick<Reading, 'wantsText' | 'said' | 'mayHold' | 'wantsRun'> {
  text(piece: TextPiece): void;
  toolCall(call: ToolCall): void;
}

/**
 * Makes texts and tool calls of rows of `part`. Most rows are tool output that can be large; where the data begins with its
 * type, as all but a few do, the type decides and the rest is not read.
 *
 * @param wanted ids of the sessions whose rows count
 */
export function partVisitor(wanted: ReadonlySet<string> | 'all', log: ProblemLog, listener: PartListener): RowVisitor {
  return (row) => {
    const bytes = row.bytes(DATA);
    const type = bytes === null ? null : leadingType(bytes);
    // the usual case first, and the cheapest: rows of other types are most of the table
    if (type === 'other') return true;
    const sessionId = row.text(SESSION_ID);
    if (wanted !== 'all' && (sessionId === null || !wanted.has(sessionId))) return true;
    if (!row.complete && (type !== 'tool' || wantsRun(row, listener))) return false;
    const failure = take(row, sessionId, type, bytes, listener);
    if (failure === null) return true;
    const id = row.text(ID) ?? String(row.rowid);
    const code = failure === BAD_JSON ? 'bad-json' : 'damaged-row';
    log.skipped(code, id, `Part ${id} could not be read: ${failure}. It was left out.`, 'part');
    return true;
  };
}

const BAD_JSON = 'its data is not valid JSON';

/** Passes the row on. Gives why it could not, or null. */
function take(
  row: Row,
  sessionId: string | null,
  type: LeadingType | null,
  bytes: Uint8Array | null,
  listener: PartListener,
): string | null {
  const messageId = row.text(MESSAGE_ID);
  if (!row.has(ID) || messageId === null || sessionId === null) return 'it has no id';
  if (type === 'tool') {
    const run = bytes === null || !row.complete ? null : runOf(bytes);
    return takeTool(row, sessionId, messageId, run, listener);
  }
  if (bytes === null) return BAD_JSON;
  if (type === 'text' && listener.mayHold?.(bytes) === false) return null;
  if (type === 'text' && listener.wantsText?.(messageId) === false && isSpokenAtSight(bytes)) {
    listener.said?.(messageId);
    return null;
  }
  if (type === null && isOther(bytes)) return null;
  const data = parseObject(bytes);
  if (data === null) return BAD_JSON;
  if (data['type'] === 'tool') return takeTool(row, sessionId, messageId, toolRun(data), listener);
  const text = spokenText(data);
  if (text !== null) listener.text({ messageId, sessionId, partId: row.text(ID) ?? '', text });
  return null;
}

const types = new SparseReader({ type: 'value' });

/** Of a step or a snapshot, whose type stands behind other keys: two such rows come with every answer. */
function isOther(bytes: Uint8Array): boolean {
  const type = types.read(bytes)?.['type'];
  return typeof type === 'string' && type !== 'text' && type !== 'tool';
}

/** Where it ends far from the page it begins on, what came of it is not read for its times alone. */
function wantsRun(row: Row, listener: PartListener): boolean {
  const messageId = row.text(MESSAGE_ID);
  return messageId !== null && listener.wantsRun?.(messageId) === true;
}

function runOf(bytes: Uint8Array): Stretch | null {
  const run = runAtSight(bytes);
  if (run !== 'unknown') return run;
  const data = parseObject(bytes);
  return data === null ? null : toolRun(data);
}

function takeTool(
  row: Row,
  sessionId: string,
  messageId: string,
  run: Stretch | null,
  listener: PartListener,
): string | null {
  const time = timeOf(row.number(TIME_CREATED));
  if (time === null) return 'it has no time';
  listener.toolCall({ messageId, sessionId, time, run: run ?? undefined });
  return null;
}

const PREFIX = new TextEncoder().encode('{"type":"');
const TEXT = new TextEncoder().encode('text"');
const TOOL = new TextEncoder().encode('tool"');
const QUOTE = 0x22;
const DASH = 0x2d;
const LONGEST_TYPE = 24;

export type LeadingType = 'text' | 'tool' | 'other';

/** What data is when it begins with its type and that is a plain word, else null. */
export function leadingType(bytes: Uint8Array): LeadingType | null {
  if (!isAt(bytes, 0, PREFIX)) return null;
  if (isAt(bytes, PREFIX.length, TEXT)) return 'text';
  if (isAt(bytes, PREFIX.length, TOOL)) return 'tool';
  for (let i = PREFIX.length; i < PREFIX.length + LONGEST_TYPE; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === QUOTE) return i === PREFIX.length ? null : 'other';
    if (byte !== DASH && (byte < 0x61 || byte > 0x7a)) return null;
  }
  return null;
}
