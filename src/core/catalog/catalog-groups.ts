/**
 * The catalog as record groups: a month of sessions is one group, by the month (UTC) a session started in. A import
 * rewrites the months it touched; a range of time reads the months it covers. The moments of sessions stand apart, since
 * only time accounting needs them.
 */
import * as v from 'valibot';
import type { SessionActivity } from '../model/activity.ts';
import type { CatalogRow, SessionTimes } from '../model/agent-session.ts';

export const CATALOG_SCHEMA = 1;
export const CATALOG_PREFIX = 'catalog/';
export const TIMES_PREFIX = 'times/';
export const ACTIVITY_PREFIX = 'activity/';

const sessionCopy = v.object({
  store: v.string(),
  kind: v.string(),
  updated: v.number(),
  version: v.nullable(v.string()),
  offered: v.boolean(),
  messages: v.number(),
  further: v.number(),
  spoken: v.number(),
  lost: v.optional(v.boolean()),
  reading: v.optional(v.number()),
});

const catalogRow = v.object({
  sessionId: v.string(),
  source: v.picklist(['opencode', 'claude']),
  parentSessionId: v.nullable(v.string()),
  sessionType: v.picklist(['user', 'agent', 'subagent']),
  projectPath: v.string(),
  projectName: v.string(),
  startTime: v.number(),
  endTime: v.nullable(v.number()),
  messageCount: v.number(),
  assistantMessageCount: v.number(),
  toolCallCount: v.number(),
  summary: v.string(),
  startingPrompt: v.nullable(v.string()),
  userPrompts: v.array(v.string()),
  store: v.string(),
  sourceUpdated: v.number(),
  sourceVersion: v.nullable(v.string()),
  readThrough: v.number(),
  archived: v.boolean(),
  fork: v.boolean(),
  agents: v.array(v.object({ agent: v.string(), messages: v.number(), firstTime: v.number(), lastTime: v.number() })),
  watch: v.nullable(v.object({ messageIds: v.array(v.string()), mark: v.string() })),
  offered: v.boolean(),
  kind: v.optional(v.string()),
  copies: v.optional(v.array(sessionCopy)),
  reading: v.optional(v.number()),
  vanished: v.optional(v.nullable(v.number())),
});

const catalogGroup = v.object({ schema: v.literal(CATALOG_SCHEMA), rows: v.array(catalogRow) });

const sessionTimes = v.object({
  sessionId: v.string(),
  userMessages: v.array(v.number()),
  toolCalls: v.array(v.number()),
  said: v.optional(v.array(v.object({ agents: v.array(v.string()), messages: v.string() }))),
});

const timesGroup = v.object({ schema: v.literal(CATALOG_SCHEMA), times: v.array(sessionTimes) });

const sessionActivity = v.object({
  sessionId: v.string(),
  agents: v.array(v.string()),
  models: v.array(v.string()),
  entries: v.string(),
});

const activityGroup = v.object({ schema: v.literal(CATALOG_SCHEMA), sessions: v.array(sessionActivity) });

/** `2026-11`, in UTC; times no calendar has go to `unknown`. */
export function monthOf(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString().slice(0, date.getUTCFullYear() > 9999 ? 10 : 7);
}

export function encodeCatalog(rows: Iterable<CatalogRow>): string {
  const sorted = [...rows].sort(byStartThenId).map((row) => v.parse(catalogRow, row));
  return JSON.stringify({ schema: CATALOG_SCHEMA, rows: sorted });
}

/** Throws when the text is not a catalog group of this schema. */
export function decodeCatalog(text: string): CatalogRow[] {
  return v.parse(catalogGroup, JSON.parse(text)).rows;
}

export function encodeTimes(times: Iterable<SessionTimes>): string {
  const sorted = [...times]
    .sort((a, b) => (a.sessionId < b.sessionId ? -1 : 1))
    .map(({ sessionId, userMessages, toolCalls, said }) => ({
      sessionId,
      userMessages,
      toolCalls,
      ...(said === undefined ? {} : { said }),
    }));
  return JSON.stringify({ schema: CATALOG_SCHEMA, times: sorted });
}

export function decodeTimes(text: string): SessionTimes[] {
  return v.parse(timesGroup, JSON.parse(text)).times;
}

export function encodeActivity(sessions: Iterable<SessionActivity>): string {
  const sorted = [...sessions].sort((a, b) => (a.sessionId < b.sessionId ? -1 : 1));
  return JSON.stringify({ schema: CATALOG_SCHEMA, sessions: sorted });
}

/** Throws when the text is not a group of activity. */
export function decodeActivity(text: string): SessionActivity[] {
  return v.parse(activityGroup, JSON.parse(text)).sessions;
}

/** The order of rows in a month and of sub-agents under a parent. */
export function byStartThenId(a: CatalogRow, b: CatalogRow): number {
  return a.startTime - b.startTime || (a.sessionId < b.sessionId ? -1 : 1);
}
