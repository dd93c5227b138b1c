import { expect, it } from 'vitest';
import type { AgentShare, CatalogRow } from '../model/agent-session.ts';
import { personaTotals, summarisePersona } from './summaries.ts';

const WEEK = 7 * 86_400_000;

function row(sessionId: string, agents: AgentShare[], sourceUpdated: number): CatalogRow {
  const counts = { messageCount: 0, assistantMessageCount: 0, toolCallCount: 0, readThrough: 0 };
  const flags = {
    archived: false,
    fork: false,
    watch: null,
    offered: true,
    sourceVersion: null,
    parentSessionId: null,
    sessionType: 'user',
  } as const;
  const texts = {
    summary: `Title ${sessionId}`,
    startingPrompt: null,
    userPrompts: [],
    projectPath: '',
    projectName: '',
  };
  return {
    sessionId,
    source: 'opencode',
    startTime: 0,
    endTime: null,
    store: 's',
    sourceUpdated,
    agents,
    ...counts,
    ...flags,
    ...texts,
  };
}

function share(agent: string, messages: number, lastTime: number): AgentShare {
  return { agent, messages, firstTime: lastTime - 10, lastTime };
}

it('splits a session of several agents over its personas and sums over sessions', () => {
  const totals = personaTotals([
    row('a', [share('build', 3, 100), share('plan', 2, 90)], 1),
    row('b', [share('build', 4, 200)], 2),
  ]);
  expect(totals.get('opencode:build')).toMatchObject({ messages: 7, sessions: 2, firstTime: 90, lastTime: 200 });
  expect(totals.get('opencode:plan')).toMatchObject({ messages: 2, sessions: 1 });
});

it('summarises a persona: name, counts, the newest topics, and messages a week', () => {
  const end = 30 * WEEK;
  const rows = [1, 2, 3, 4].map((n) => row(`s${n}`, [share('build', n, end - (4 - n) * WEEK)], n));
  const record = {
    id: 'opencode:build',
    source: 'opencode',
    agent: 'build',
    name: null,
    floor: null,
    left: null,
    clips: [],
    version: 'v',
  } as const;
  const summary = summarisePersona({ record, messages: [] }, personaTotals(rows).get('opencode:build'), 42);
  expect(summary).toMatchObject({ name: 'build', sessions: 4, messagesTotal: 10, messagesKept: 0, bytes: 42 });
  expect(summary.topics).toEqual(['Title s4', 'Title s3', 'Title s2']);
  expect(summary.activity.slice(-4)).toEqual([1, 2, 3, 4]);
  expect(summary.activity).toHaveLength(26);
});
