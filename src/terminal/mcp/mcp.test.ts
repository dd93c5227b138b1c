import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { cliWords, TestHome, TRANSCRIPT } from '../fixture-cli.ts';
import { CORPUS, hasCorpus } from '../fixture-corpus.ts';
import { MCP_TOOLS } from './server.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 30);
const DAY = Date.UTC(2026, 10, 20);

/** Processes are started: only what hangs takes so long. */
const PATIENCE = 300_000;

const Answer = v.object({
  content: v.array(v.object({ type: v.literal('text'), text: v.string() })),
  structuredContent: v.optional(v.record(v.string(), v.unknown())),
  isError: v.optional(v.boolean()),
});

/** The SDK's own client over a real child process. What else comes on the server's stdout makes it fail. */
class Agent {
  readonly client = new Client({ name: 'test', version: '1' });
  readonly errors: Error[] = [];

  static async connect(home: TestHome, ...options: readonly string[]): Promise<Agent> {
    const { command, args, env, cwd } = cliWords(home.path, ['mcp', ...options]);
    const agent = new Agent();
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a property of the client, which knows no events
    agent.client.onerror = (error) => agent.errors.push(error);
    await agent.client.connect(new StdioClientTransport({ command, args: [...args], env, cwd, stderr: 'inherit' }));
    return agent;
  }

  async call(name: string, given: Record<string, unknown> = {}) {
    return v.parse(Answer, await this.client.callTool({ name, arguments: given }));
  }

  /** What a call that goes well gives. */
  async give(name: string, given: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const { structuredContent, isError, content } = await this.call(name, given);
    const [{ text } = { text: '' }] = content;
    if (isError || text !== JSON.stringify(structuredContent)) throw new Error(`${name} gave ${text}`);
    return structuredContent ?? {};
  }
}

const Page = v.looseObject({ total: v.number(), next_offset: v.nullable(v.number()) });
const Items = v.looseObject({
  ...Page.entries,
  items: v.array(
    v.looseObject({ id: v.string(), kind: v.string(), evidence: v.array(v.looseObject({ text: v.string() })) }),
  ),
});
const Quotes = v.looseObject({
  ...Page.entries,
  quotes: v.array(v.looseObject({ quote: v.string(), session_id: v.string(), message_id: v.string() })),
});
const Sessions = v.looseObject({ ...Page.entries, sessions: v.array(v.looseObject({ session_id: v.string() })) });
const Session = v.looseObject({
  ...Page.entries,
  session: v.looseObject({ session_id: v.string(), message_count: v.number() }),
  messages: v.array(v.looseObject({ id: v.string(), role: v.string(), text: v.string() })),
});

describe('an agent that asks over the protocol', { timeout: PATIENCE }, () => {
  let home: TestHome;
  let agent: Agent;

  beforeAll(async () => {
    home = await TestHome.make();
    await home.addSample(NOW);
    await home.run('import', '--archive-all');
    agent = await Agent.connect(home);
  }, PATIENCE);

  afterAll(async () => {
    await agent.client.close();
    await home.remove();
  });

  test('is told of four tools that read, with schemas and their bounds', async () => {
    const { tools } = await agent.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['search_memory', 'recall_quotes', 'list_sessions', 'get_session']);
    for (const tool of tools) {
      expect(tool.annotations?.readOnlyHint).toBe(true);
      expect(tool.description).toMatch(/At most \d+/);
      expect(tool.inputSchema.properties).toHaveProperty('limit');
      expect(tool.outputSchema?.required).toContain('next_offset');
    }
  });

  test('finds items by their words and walks through all of them page by page', async () => {
    const all = v.parse(Items, await agent.give('search_memory', { limit: 50 }));
    expect(all.total).toBeGreaterThan(3);
    const walked: string[] = [];
    let offset: number | null = 0;
    while (offset !== null) {
      const page: v.InferOutput<typeof Items> = v.parse(Items, await agent.give('search_memory', { limit: 2, offset }));
      expect(page.items.length).toBeLessThanOrEqual(2);
      walked.push(...page.items.map(({ id }) => id));
      offset = page.next_offset;
    }
    expect(new Set(walked).size).toBe(all.total);
    const [word = ''] = all.items[0]?.evidence[0]?.text.split(' ') ?? [];
    const found = v.parse(Items, await agent.give('search_memory', { query: word, limit: 50 }));
    expect(found.items.map(({ id }) => id)).toContain(all.items[0]?.id);
    expect(v.parse(Items, await agent.give('search_memory', { query: 'xyzzy-nowhere' })).items).toEqual([]);
  });

  test('recalls quotes and reads the words in the session they come from', async () => {
    const { quotes, total } = v.parse(Quotes, await agent.give('recall_quotes'));
    expect(total).toBeGreaterThan(0);
    for (const { quote, session_id, message_id } of quotes) {
      const session = v.parse(Session, await agent.give('get_session', { session_id, limit: 100 }));
      const message = session.messages.find(({ id }) => id === message_id);
      expect(message?.text).toContain(quote);
    }
  });

  test('lists sessions as the command does, newest first, and filters them', async () => {
    const listed = v.parse(v.array(v.looseObject({ session_id: v.string() })), await home.json('sessions'));
    const asked = v.parse(Sessions, await agent.give('list_sessions', { limit: 100, sub_agents: true }));
    expect(asked.sessions.map(({ session_id }) => session_id)).toEqual(listed.map(({ session_id }) => session_id));
    expect(asked.next_offset).toBeNull();
    const tops = v.parse(Sessions, await agent.give('list_sessions', { limit: 100 }));
    expect(tops.total).toBeLessThan(asked.total);
    const none = v.parse(Sessions, await agent.give('list_sessions', { until: '2001-01-01' }));
    expect([none.total, none.next_offset]).toEqual([0, null]);
  });

  test('reads a session in pages that join without a gap', async () => {
    const { sessions } = v.parse(Sessions, await agent.give('list_sessions', { limit: 100 }));
    const session_id = sessions.at(-1)?.session_id;
    const whole = v.parse(Session, await agent.give('get_session', { session_id, limit: 100 }));
    expect(whole.messages.length).toBe(whole.total);
    const first = v.parse(Session, await agent.give('get_session', { session_id, limit: 3 }));
    expect(first.next_offset).toBe(3);
    const rest = v.parse(Session, await agent.give('get_session', { session_id, limit: 100, offset: 3 }));
    expect([...first.messages, ...rest.messages]).toEqual(whole.messages);
  });

  test.each([
    ['get_session', {}, '"session_id" is missing'],
    ['get_session', { session_id: 'ses_none' }, 'ses_none'],
    ['search_memory', { limit: 1000 }, '"limit" is 1000; it must be <=50.'],
    [
      'search_memory',
      { kind: 'song' },
      '"kind" is "song"; it must be ("fact" | "trait" | "person" | "topic" | "quote").',
    ],
    ['list_sessions', { since: 'yesterday' }, 'since is "yesterday". It must be an ISO date'],
    ['list_sessions', { colour: 'red' }, 'There is no argument "colour".'],
    ['sing', {}, 'There is no tool "sing". There are: search_memory'],
  ])('%s with %j is an error that says what is wrong', async (name, given, words) => {
    const { isError, content } = await agent.call(name, given);
    expect(isError).toBe(true);
    expect(content[0]?.text).toContain(words);
  });

  test('sees what an import of another process brings, and holds no lock while it does', async () => {
    await home.addTranscript(DAY);
    const before = v.parse(Sessions, await agent.give('list_sessions', { source: 'claude' }));
    expect(before.total).toBe(0);
    expect((await home.run('import')).code).toBe(0);
    const { sessions } = v.parse(Sessions, await agent.give('list_sessions', { source: 'claude' }));
    expect(sessions.map(({ session_id }) => session_id)).toEqual([TRANSCRIPT]);
  });

  test('has met nothing on its stdout but the protocol', () => {
    expect(agent.errors).toEqual([]);
  });
});

test(
  'before the first import, an answer says what to do, and nothing is made on the disk',
  { timeout: PATIENCE },
  async () => {
    const home = await TestHome.make();
    onTestFinished(() => home.remove());
    const agent = await Agent.connect(home);
    const { content, structuredContent } = await agent.call('list_sessions');
    expect(structuredContent).toMatchObject({ total: 0 });
    expect(content[1]?.text).toContain('dramatis import');
    await agent.client.close();
    expect(existsSync(home.stateFolder)).toBe(false);
  },
);

test('the server ends by itself when its client goes away', { timeout: PATIENCE }, async () => {
  const home = await TestHome.make();
  onTestFinished(() => home.remove());
  expect(await home.run('mcp')).toEqual({ code: 0, out: '', err: '' });
});

test.skipIf(!hasCorpus)('a store of a genuine program can be asked too', { timeout: PATIENCE }, async () => {
  const home = await TestHome.make();
  onTestFinished(() => home.remove());
  const place = ['--opencode', join(CORPUS, 'opencode', 'sqlite-1.2.27')];
  await home.run('import', ...place);
  const agent = await Agent.connect(home, ...place);
  const { sessions } = v.parse(Sessions, await agent.give('list_sessions', { limit: 100 }));
  expect(sessions.length).toBeGreaterThan(0);
  for (const { session_id } of sessions) {
    const page = v.parse(Session, await agent.give('get_session', { session_id, limit: 100 }));
    expect(page.session.session_id).toBe(session_id);
    expect(JSON.stringify(page).length).toBeLessThan(120_000);
  }
  await agent.client.close();
});

test('what a tool says it takes is what it takes', async () => {
  const nowhere = { workspace: () => Promise.reject(new Error('asked')), entries: () => Promise.resolve([]) };
  for (const tool of MCP_TOOLS) {
    const { arguments: taken, required } = tool;
    const call = (given: unknown) => tool.call(given, nowhere);
    const given = Object.fromEntries(Object.entries(taken).map(([key, schema]) => [key, exampleOf(schema)]));
    // it gets as far as reading: everything it was given was understood
    await expect(call(given)).rejects.toThrow('asked');
    for (const key of required)
      await expect(call({ ...given, [key]: undefined })).rejects.toThrow('received undefined');
    await expect(call({ ...given, other: 1 })).rejects.toThrow('other');
  }
});

function exampleOf({ type, enum: values }: Record<string, unknown>): unknown {
  if (Array.isArray(values)) return values[0];
  return type === 'boolean' ? true : type === 'integer' ? 1 : '2026-11-21';
}
