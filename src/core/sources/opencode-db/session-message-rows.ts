/**
 * Rows of `session_message`, where OpenCode 2 and the `/api/session` of 1.18 keep what was said: one row a message, its
 * kind in the column `type`. Kinds that are neither user nor assistant are no messages, whatever they are.
 */
import { messageHead, timeOf } from '../opencode-shared/message-rules.ts';
import { stretchOf } from '../opencode-shared/part-rules.ts';
import type { Role } from '../../model/message.ts';
import type { Row, RowVisitor } from '../sqlite/row.ts';
import type { MessageHead, TextPiece, ToolCall } from '../source.ts';
import { agentName } from './agents-in-force.ts';
import type { AgentsInForce } from './agents-in-force.ts';
import type { JsonObject } from './json.ts';
import { isObject, parseObject, stringOf } from './json.ts';
import type { ProblemLog } from '../problem-log.ts';

export const SESSION_MESSAGE_COLUMNS = ['id', 'session_id', 'type', 'time_created', 'time_updated', 'seq', 'data'];
/** `seq` stands behind the data in upgraded databases, so it is not among those. */
export const SESSION_MESSAGE_COLUMNS_AT_ONCE = 5;

const ID = 0;
const SESSION_ID = 1;
const TYPE = 2;
const TIME_CREATED = 3;
const TIME_UPDATED = 4;
const SEQ = 5;
const DATA = 6;

export interface SessionMessageListener {
  message(head: MessageHead): void;
  text(piece: TextPiece): void;
  toolCall(call: ToolCall): void;
}

/**
 * Makes messages, texts and tool calls of rows of `session_message`. Messages that do not name their agent wait in
 * `agents`, for the rows around them tell it.
 *
 * @param wanted ids of the sessions whose rows count
 */
export function sessionMessageVisitor(
  wanted: ReadonlySet<string> | 'all',
  log: ProblemLog,
  agents: AgentsInForce,
  listener: SessionMessageListener,
): RowVisitor {
  return (row) => {
    const type = row.text(TYPE);
    if (type !== 'user' && type !== 'assistant' && type !== 'agent-switched') return true;
    const sessionId = row.text(SESSION_ID);
    if (wanted !== 'all' && (sessionId === null || !wanted.has(sessionId))) return true;
    if (!row.complete) return false;
    if (type === 'agent-switched') noteSwitch(row, sessionId, agents);
    else {
      const failure = sessionId === null ? 'it names no session' : take(row, sessionId, type, agents, listener);
      if (failure !== null) tell(row, failure, log);
    }
    return true;
  };
}

const BAD_JSON = 'its data is not valid JSON';

function tell(row: Row, failure: string, log: ProblemLog): void {
  const id = row.text(ID) ?? String(row.rowid);
  const code = failure === BAD_JSON ? 'bad-json' : 'damaged-row';
  log.skipped(code, id, `Message ${id} could not be read: ${failure}. It was left out.`, 'message');
}

function noteSwitch(row: Row, sessionId: string | null, agents: AgentsInForce): void {
  const agent = agentName(dataOf(row)?.['agent']);
  const place = placeOf(row, timeOf(row.number(TIME_CREATED)) ?? 0);
  if (sessionId !== null && agent !== null) agents.switched(sessionId, place, agent);
}

/** Passes the row on. Gives why it could not, or null. */
function take(
  row: Row,
  sessionId: string,
  role: Role,
  agents: AgentsInForce,
  listener: SessionMessageListener,
): string | null {
  const id = row.text(ID);
  if (id === null || id === '') return 'it has no id';
  const data = dataOf(row);
  if (data === null) return BAD_JSON;
  const created = timeOf(row.number(TIME_CREATED));
  const updated = timeOf(row.number(TIME_UPDATED));
  const found = messageHead({ ...data, role }, { id, sessionId, created, updated });
  if (typeof found === 'string') return found;
  const head = { ...found, finished: found.finished || endsOtherwise(data), seq: placeOf(row, found.time) };
  const named = agentName(data['agent']) !== null;
  if (role === 'assistant' && named && !onlyDelegates(data)) agents.answered(sessionId, head.seq, head.agent);
  if (role === 'user' && !named) agents.wait(head);
  else listener.message(head);
  const text = role === 'user' ? spoken(data['text']) : answerText(data);
  if (text !== null) listener.text({ messageId: id, sessionId, partId: id, text });
  if (role === 'assistant') {
    for (const call of toolCalls(data, head.time)) listener.toolCall({ messageId: id, sessionId, ...call });
  }
  return null;
}

function dataOf(row: Row): JsonObject | null {
  const bytes = row.bytes(DATA);
  return bytes === null ? null : parseObject(bytes);
}

/** Its `seq`. 1.14 has none: there time and id are the order. */
function placeOf(row: Row, time: number): number {
  return row.number(SEQ) ?? time;
}

/** An answer also ended when it says how, or failed with a plain text. */
function endsOtherwise(data: JsonObject): boolean {
  return [data['finish'], data['error']].some((end) => (stringOf(end) ?? '') !== '');
}

function contentOf(data: JsonObject): readonly JsonObject[] {
  const content = data['content'];
  return Array.isArray(content) ? content.filter(isObject) : [];
}

function spoken(text: unknown): string | null {
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}

/** The texts of an answer in the order it was written, joined by a blank line, or null. */
function answerText(data: JsonObject): string | null {
  const texts = contentOf(data)
    .map((item) => (item['type'] === 'text' ? spoken(item['text']) : null))
    .filter((text) => text !== null);
  return texts.length === 0 ? null : texts.join('\n\n');
}

/** A command that runs as a sub-agent leaves a row in the name of that, though the prompt was another's. */
function onlyDelegates(data: JsonObject): boolean {
  const content = contentOf(data);
  return content.length > 0 && content.every((item) => item['type'] === 'tool' && item['name'] === 'task');
}

/** When each tool was called, ms, the answer's own time for a call that does not say; and from when to when it ran. */
function toolCalls(data: JsonObject, messageTime: number): Pick<ToolCall, 'time' | 'run'>[] {
  return contentOf(data)
    .filter((item) => item['type'] === 'tool')
    .map((item) => {
      const time = isObject(item['time']) ? item['time'] : {};
      const run = stretchOf(time['ran'] ?? time['created'], time['completed']);
      return { time: timeOf(time['created']) ?? messageTime, run: run ?? undefined };
    });
}
