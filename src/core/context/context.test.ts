import { describe, expect, it } from 'vitest';
import type { AgentSession, SessionTimes } from '../model/agent-session.ts';
import { contextOf } from './context.ts';
import { eventsOf } from './events.ts';

const MINUTE = 60_000;

function session(
  sessionId: string,
  startTime: number,
  endTime: number | null,
  more: Partial<AgentSession> = {},
): AgentSession {
  const counts = { messageCount: 0, assistantMessageCount: 0, toolCallCount: 0 };
  const texts = {
    summary: sessionId,
    startingPrompt: null,
    userPrompts: [],
    projectPath: '/src/shop',
    projectName: 'shop',
  };
  return {
    sessionId,
    source: 'opencode',
    parentSessionId: null,
    sessionType: 'user',
    startTime,
    endTime,
    ...counts,
    ...texts,
    ...more,
  };
}

function times(sessionId: string, userMessages: number[], toolCalls: number[]): SessionTimes {
  return { sessionId, userMessages, toolCalls };
}

describe('session events', () => {
  it('are its start, prompts, tool uses and end, in time order', () => {
    const events = eventsOf(session('a', 10, 90), times('a', [20, 60], [30, 70]));
    expect(events.map(({ type, time }) => [type, time])).toEqual([
      ['started', 10],
      ['user_message', 20],
      ['tool_use', 30],
      ['user_message', 60],
      ['tool_use', 70],
      ['ended', 90],
    ]);
  });

  it('have no prompts in a sub-agent’s session, and no end when it is unknown', () => {
    const events = eventsOf(session('a', 10, null, { sessionType: 'subagent' }), times('a', [20], [30]));
    expect(events.map(({ type }) => type)).toEqual(['started', 'tool_use']);
  });
});

describe('what happened in a window', () => {
  const sessions = [
    session('old', 0, 5 * MINUTE),
    session('a', 100 * MINUTE, 130 * MINUTE),
    session('b', 300 * MINUTE, null, { projectPath: '/src/cart' }),
  ];
  const known = new Map([['a', times('a', [101 * MINUTE], [129 * MINUTE])]]);
  const context = contextOf(sessions, (id) => known.get(id), { start: 60 * MINUTE, end: 400 * MINUTE, gapMinutes: 20 });

  it('has the sessions that touch it, newest first, and their events inside it', () => {
    expect(context.sessions.map(({ sessionId }) => sessionId)).toEqual(['b', 'a']);
    expect(context.events.map(({ type }) => type)).toEqual(['started', 'user_message', 'tool_use', 'ended', 'started']);
  });

  it('has silences over the threshold as gaps', () => {
    expect(context.gaps.map(({ minutes }) => minutes)).toEqual([28, 170]);
  });

  it('has the projects, busiest first', () => {
    expect(context.projects.map(({ projectPath, sessions: count, events }) => [projectPath, count, events])).toEqual([
      ['/src/shop', 1, 4],
      ['/src/cart', 1, 1],
    ]);
  });

  it('includes a session that began before it and went on into it', () => {
    const long = contextOf([session('a', 0, 100)], () => undefined, { start: 50, end: 200, gapMinutes: 1 });
    expect(long.events.map(({ type }) => type)).toEqual(['ended']);
    expect(long.sessions).toHaveLength(1);
  });
});
