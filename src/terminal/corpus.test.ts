/** Stores of genuine OpenCode programs through the command line, against what an independent reader found in them. */
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { checkCounts, hasCorpus, StoreOnDisk } from './fixture-corpus.ts';

const STORES = [
  'json-0.5.29',
  'json-1.0.61',
  'json-1.1.65',
  'sqlite-1.2.1',
  'sqlite-1.2.27',
  'sqlite-1.14.48',
  'sqlite-1.18.34',
  'sqlite-upgraded-chain',
  'sqlite-migrated-from-json-1.2.27',
  'sqlite-v2-sessions-1.18.34',
  'sqlite-2.0-reconstructed-upgraded',
];

const OracleMessage = v.object({
  id: v.string(),
  role: v.string(),
  agent: v.nullable(v.string()),
  time_created: v.number(),
  text: v.string(),
});
const OracleSession = v.object({
  id: v.string(),
  source: v.string(),
  parent_id: v.nullable(v.string()),
  title: v.nullable(v.string()),
  directory: v.nullable(v.string()),
  time_created: v.number(),
  time_updated: v.number(),
  counts: v.object({ messages: v.number(), assistant: v.number(), tool_parts: v.number() }),
  messages: v.array(OracleMessage),
  other_rows: v.optional(v.array(v.object({ time_created: v.number() })), []),
});
type OracleSession = v.InferOutput<typeof OracleSession>;
const Oracle = v.object({ sessions: v.array(OracleSession) });

describe.skipIf(!hasCorpus).each(STORES)('%s', (name) => {
  test('is scanned and imported whole, nothing twice', async () => {
    const store = await StoreOnDisk.open('opencode', name);
    const { length } = v.parse(Oracle, store.oracle()).sessions;
    expect(await checkCounts(store)).toMatchObject({ claude: 0, opencode: length, indexed: length });
  });

  test('gives the sessions and messages an independent reader finds', async () => {
    const store = await StoreOnDisk.open('opencode', name);
    const oracle = v.parse(Oracle, store.oracle());
    await store.import();
    const listed = await store.sessions();
    const byId = oracle.sessions.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(listed).toMatchObject(byId.map(expectedSession));

    for (const session of oracle.sessions) {
      const shown = await store.show(session.id);
      expect(shown.session).toEqual(listed.find((each) => each.session_id === session.id));
      const unnamed = unnamedPrompts(session);
      expect(
        shown.messages.map((message) => (unnamed.has(message.id) ? { ...message, agent: null } : message)),
      ).toEqual(session.messages.map((message) => expectedMessage(message, unnamed)));
    }
  });
});

function expectedSession(session: OracleSession) {
  const prompts = session.messages.filter(({ role, text }) => role === 'user' && text !== '');
  return {
    session_id: session.id,
    source: 'opencode',
    parent_session_id: session.parent_id,
    session_type: session.parent_id === null ? 'user' : 'subagent',
    project_path: session.directory ?? '',
    start_time: iso(session.time_created),
    end_time: expectedEnd(session),
    message_count: session.counts.messages,
    assistant_message_count: session.counts.assistant,
    tool_call_count: session.counts.tool_parts,
    summary: session.title ?? '',
    user_prompts: prompts.slice(0, 5).map(({ text }) => text.slice(0, 2_000) + (text.length > 2_000 ? '...' : '')),
  };
}

/** 1.18 does not touch the session when a row is added to `session_message`: there every row counts. */
function expectedEnd({ source, time_created, time_updated, messages, other_rows }: OracleSession): string | null {
  const rows = source === 'session_message' ? [...messages, ...other_rows] : messages;
  const end = Math.max(time_updated, ...rows.map((row) => row.time_created));
  return end > time_created ? iso(end) : null;
}

/** Prompts of OpenCode 2 name no agent: there the oracle has nothing to compare with. */
function unnamedPrompts({ source, messages }: OracleSession): ReadonlySet<string> {
  const unnamed = messages.filter(({ role, agent }) => role === 'user' && agent === null);
  return new Set(source.startsWith('session_') ? unnamed.map(({ id }) => id) : []);
}

function expectedMessage(message: v.InferOutput<typeof OracleMessage>, unnamed: ReadonlySet<string>) {
  const { id, role, agent, time_created: time, text } = message;
  return { id, role, agent: unnamed.has(id) ? null : (agent ?? 'build').toLowerCase(), time: iso(time), text };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
