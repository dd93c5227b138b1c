/**
 * Session events: what a session's row and moments say happened when. They are derived, never stored: reading a session again
 * changes its moments and so its events, and nothing can pile up twice.
 */
import type { AgentSession, SessionTimes } from '../model/agent-session.ts';

export type SessionEventType = 'started' | 'user_message' | 'tool_use' | 'ended';

export interface SessionEvent {
  /** ms since 1970 */
  readonly time: number;
  readonly type: SessionEventType;
  readonly sessionId: string;
  readonly projectPath: string;
}

/** The events of one session, in time order. Prompts count in sessions a person opened only: a sub-agent's come from its parent. */
export function eventsOf(session: AgentSession, times: SessionTimes | undefined): SessionEvent[] {
  const { sessionId, projectPath } = session;
  const event =
    (type: SessionEventType) =>
    (time: number): SessionEvent => ({ time, type, sessionId, projectPath });
  const prompts = session.sessionType === 'user' ? (times?.userMessages ?? []) : [];
  const events = [
    event('started')(session.startTime),
    ...prompts.map(event('user_message')),
    ...(times?.toolCalls ?? []).map(event('tool_use')),
    ...(session.endTime === null ? [] : [event('ended')(session.endTime)]),
  ];
  return events.sort(byTime);
}

/** Events of several sessions in one line: by time, then by session. */
export function byTime(a: SessionEvent, b: SessionEvent): number {
  return a.time - b.time || (a.sessionId < b.sessionId ? -1 : a.sessionId > b.sessionId ? 1 : 0);
}
