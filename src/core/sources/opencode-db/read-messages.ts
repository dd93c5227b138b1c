import type { MessageHead, Reading, TextPiece, ToolCall } from '../source.ts';
import { SqlDamage } from '../sqlite/sql-engine.ts';
import { AgentsInForce, agentName } from './agents-in-force.ts';
import type { Generations } from './generations.ts';
import { olderVisitor, readGenerations } from './generations.ts';
import { MESSAGE_COLUMNS, MESSAGE_COLUMNS_AT_ONCE, messageVisitor } from './message-rows.ts';
import { PART_COLUMNS, PART_COLUMNS_AT_ONCE, partVisitor } from './part-rows.ts';
import type { ReadOptions, WantedRows } from './read-rows.ts';
import { readRows } from './read-rows.ts';
import {
  SESSION_MESSAGE_COLUMNS,
  SESSION_MESSAGE_COLUMNS_AT_ONCE,
  sessionMessageVisitor,
} from './session-message-rows.ts';
import type { Store } from './store.ts';

/** Who hears what was said, in the order of the file. */
export interface MessageListener extends Pick<Reading, 'wantsText' | 'said' | 'mayHold' | 'wantsRun'> {
  message(head: MessageHead): void;
  text(piece: TextPiece): void;
  toolCall(call: ToolCall): void;
}

/**
 * Reads what was said in the wanted sessions, from the tables of all generations in one pass. A second one looks in the old
 * tables for sessions that OpenCode 2 lists and of which its own table holds nothing that was said.
 */
export async function readMessages(store: Store, listener: MessageListener, options: ReadOptions): Promise<void> {
  const generations = await readGenerations(store, options.sessions, options.signal);
  const { moved } = generations;
  const { sessions } = options;
  const silent = new Set([...moved].filter((id) => sessions === 'all' || sessions.has(id)));
  const hearing = moved.size === 0 ? listener : noting(listener, (sessionId) => silent.delete(sessionId));
  const agents = new AgentsInForce();
  const wanted = [...olderRows(store, generations, listener, options), ...newerRows(store, agents, hearing, options)];
  await readRows(store, wanted, options);
  for (const head of agents.settle((sessionId) => sessionAgent(store, sessionId))) hearing.message(head);
  if (silent.size === 0) return;
  const { log, signal } = options;
  const rest = olderRows(store, { moved: NONE, doubled: NONE, older: silent }, listener, options);
  await readRows(store, rest, { sessions: silent, log, signal });
}

const NONE: ReadonlySet<string> = new Set();

/** Notes the sessions of the messages that go to the listener. */
function noting(listener: MessageListener, note: (sessionId: string) => void): MessageListener {
  return {
    message: (head) => {
      note(head.sessionId);
      listener.message(head);
    },
    text: (piece) => listener.text(piece),
    toolCall: (call) => listener.toolCall(call),
  };
}

/** `message` and `part`, of the sessions that have not moved on. */
function olderRows(
  { message, part }: Store,
  generations: Generations,
  listener: MessageListener,
  { log }: ReadOptions,
): WantedRows[] {
  const rows: WantedRows[] = [];
  const sessions = generations.older;
  if (message !== null) {
    const all = messageVisitor(sessions, log, (head) => listener.message(head));
    const visit = olderVisitor(generations, all, MESSAGE_COLUMNS, 'id');
    const atOnce = MESSAGE_COLUMNS_AT_ONCE;
    rows.push({ table: message, columns: MESSAGE_COLUMNS, atOnce, visit, ahead: true, lost: 'message', sessions });
  }
  if (part !== null) {
    const all = partVisitor(sessions, log, listener);
    const visit = olderVisitor(generations, all, PART_COLUMNS, 'message_id');
    rows.push({ table: part, columns: PART_COLUMNS, atOnce: PART_COLUMNS_AT_ONCE, visit, lost: 'part', sessions });
  }
  return rows;
}

function newerRows(
  { sessionMessage }: Store,
  agents: AgentsInForce,
  listener: MessageListener,
  { sessions, log }: ReadOptions,
): WantedRows[] {
  if (sessionMessage === null) return [];
  const visit = sessionMessageVisitor(sessions, log, agents, listener);
  const atOnce = SESSION_MESSAGE_COLUMNS_AT_ONCE;
  return [{ table: sessionMessage, columns: SESSION_MESSAGE_COLUMNS, atOnce, visit, lost: 'message' }];
}

/** The agent that the list says of a session, or null. */
function sessionAgent({ engine, session, sessionV2 }: Store, sessionId: string): string | null {
  for (const table of [sessionV2, session]) {
    if (table?.columns.includes('agent') !== true) continue;
    try {
      const row = engine.all(`SELECT agent FROM ${table.name} WHERE id = ?`, [sessionId])[0];
      if (row !== undefined) return agentName(row[0]);
    } catch (error) {
      if (!(error instanceof SqlDamage)) throw error;
    }
  }
  return null;
}
