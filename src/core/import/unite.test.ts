import initSqlJs from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { FixtureStore } from '../fixture-store.ts';
import type { AgentSession } from '../model/agent-session.ts';
import { DAY_MS } from '../model/constants.ts';
import type { Receipt } from '../model/receipt.ts';
import type { SourceEntry } from '../sources/byte-source.ts';
import { MemoryStore } from '../state/memory-store.ts';
import type { Workspace } from '../workspace.ts';
import { openWorkspace } from '../workspace.ts';

const NOW = Date.UTC(2026, 10, 21, 9);
const BEGAN = NOW - 5 * DAY_MS;
let SQL: Awaited<ReturnType<typeof initSqlJs>>;

beforeAll(async () => {
  SQL = await initSqlJs();
});

async function open(store = new MemoryStore()): Promise<Workspace> {
  const loadSqlJs = (): ReturnType<typeof initSqlJs> => Promise.resolve(SQL);
  return openWorkspace({ store, loadSqlJs, now: () => NOW, newDeviceId: () => 'device', timeZone: 'UTC' });
}

async function read(workspace: Workspace, entries: readonly SourceEntry[], now = NOW): Promise<Receipt> {
  const outcome = await workspace.import(entries, { now });
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.receipt;
}

/** A store with these of the messages m0 to m9, a minute apart; odd ones are answers, m4 uses a tool. */
function storeOf(
  path: string,
  numbers: readonly number[],
  more: { updated?: number; title?: string } = {},
): FixtureStore {
  const store = new FixtureStore(SQL, path);
  store.session('ses_1', BEGAN, more);
  for (const number of numbers) {
    const time = BEGAN + number * 60_000;
    const role = number % 2 === 1 ? 'assistant' : 'user';
    store.message({ id: `m${number}`, session: 'ses_1', time, role, agent: number > 6 ? 'plan' : 'build' });
    if (number === 3) store.part('prt_tool', 'm3', 'ses_1', time, { type: 'tool', state: { time: { start: time } } });
  }
  return store;
}

/** What is kept of the session and shown of it, whatever was read first. */
async function outcomeOf(workspace: Workspace): Promise<unknown> {
  const session: AgentSession | null = workspace.session('ses_1');
  const { messageCount, assistantMessageCount, toolCallCount, summary, endTime, userPrompts } = session ?? {};
  const kept = workspace
    .personas()
    .map(({ id }) => [id, workspace.kept(id)?.map((message) => [message.id, message.text])]);
  const events = (await workspace.context({ start: 0, end: NOW, gapMinutes: 30 })).events;
  return { messageCount, assistantMessageCount, toolCallCount, summary, endTime, userPrompts, kept, events };
}

const older = (): FixtureStore => storeOf('a/opencode.db', [0, 1, 2, 3, 4], { title: 'As it was' });
const newer = (): FixtureStore => storeOf('b/opencode-beta.db', [2, 3, 4, 5, 6, 7, 8], { title: 'As it is' });

describe('a session that two stores hold', () => {
  it('has the messages of both, each once, and is called as the newer says', async () => {
    const workspace = await open();
    await read(workspace, [...older().files(), ...newer().files()]);
    expect(workspace.session('ses_1')).toMatchObject({
      messageCount: 9,
      assistantMessageCount: 4,
      toolCallCount: 1,
      summary: 'As it is',
      userPrompts: ['text of m0', 'text of m2', 'text of m4', 'text of m6', 'text of m8'],
    });
    expect(workspace.kept('opencode:build')?.map(({ id }) => id)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6']);
    expect(workspace.kept('opencode:plan')?.map(({ id }) => id)).toEqual(['m7', 'm8']);
    expect(workspace.personas().map(({ messagesTotal }) => messagesTotal)).toEqual([2, 7]);
  });

  it('is the same in whatever order they are read, in one import or in two', async () => {
    const both = await open();
    await read(both, [...older().files(), ...newer().files()]);
    const truth = await outcomeOf(both);
    const turned = await open();
    await read(turned, [...newer().files(), ...older().files()]);
    expect(await outcomeOf(turned)).toEqual(truth);
    for (const stores of [
      [older(), newer()],
      [newer(), older()],
    ]) {
      const store = new MemoryStore();
      for (const each of stores) await read(await open(store), each.files());
      expect(await outcomeOf(await open(store))).toEqual(truth);
    }
  });

  it('takes a message that both have from the newer', async () => {
    for (const turned of [false, true]) {
      const late = newer();
      late.part('prt_m4', 'm4', 'ses_1', BEGAN, { type: 'text', text: 'What it became' });
      const workspace = await open();
      const stores = turned ? [late, older()] : [older(), late];
      for (const store of stores) await read(workspace, store.files());
      expect(workspace.kept('opencode:build')?.find(({ id }) => id === 'm4')?.text).toBe('What it became');
    }
  });

  it('adds up in the receipt of each, and of equally new copies the second is a copy', async () => {
    const workspace = await open();
    const twin = storeOf('a/opencode-twin.db', [0, 1, 2, 3, 4], { title: 'As it was' });
    const { sources } = await read(workspace, [...older().files(), ...twin.files()]);
    expect(sources.map(({ sessions, messages }) => [sessions, messages])).toMatchObject([
      [
        { found: 1, new: 1 },
        { found: 5, new: 5 },
      ],
      [
        { found: 1, new: 0, updated: 0, unchanged: 1 },
        { found: 5, new: 0, updated: 0, unchanged: 5 },
      ],
    ]);
  });

  it('is not read again when nothing was written', async () => {
    const store = new MemoryStore();
    const [a, b] = [older(), newer()];
    await read(await open(store), [...a.files(), ...b.files()]);
    for (const each of [a, b]) each.run('UPDATE project SET time_updated = time_updated + 1');
    const { unchanged, sources } = await read(await open(store), [...a.files(), ...b.files()]);
    expect(unchanged).toBe(true);
    expect(sources.map(({ messages }) => [messages.found, messages.unchanged])).toEqual([
      [5, 5],
      [7, 7],
    ]);
  });

  it('keeps what the one adds when the other is written to', async () => {
    const store = new MemoryStore();
    const [a, b] = [older(), newer()];
    await read(await open(store), [...a.files(), ...b.files()]);
    b.message({ id: 'm9', session: 'ses_1', time: NOW - DAY_MS, text: 'One more' });
    const { sources } = await read(await open(store), b.files());
    expect(sources).toMatchObject([{ sessions: { updated: 1 }, messages: { found: 8, new: 1, unchanged: 7 } }]);
    const workspace = await open(store);
    expect(workspace.session('ses_1')).toMatchObject({ messageCount: 10 });
    a.message({ id: 'm10', session: 'ses_1', time: BEGAN + 30_000, text: 'Between' });
    a.run('UPDATE session SET time_updated = time_updated + 1');
    await read(workspace, a.files());
    expect(workspace.session('ses_1')).toMatchObject({
      messageCount: 11,
      userPrompts: ['text of m0', 'Between', 'text of m2', 'text of m4', 'text of m6'],
    });
  });

  it('is offered to personas by the import after a scan, from both', async () => {
    const workspace = await open();
    const entries = [...older().files(), ...newer().files()];
    await workspace.ingest(entries);
    expect(workspace.session('ses_1')).toMatchObject({ messageCount: 9 });
    expect(workspace.personas()).toEqual([]);
    await read(workspace, entries);
    expect(workspace.kept('opencode:build')).toHaveLength(7);
    expect(workspace.session('ses_1')).toMatchObject({ messageCount: 9 });
  });
});

describe('a session of two stores as it is shown', () => {
  it.each([true, false])('has the messages of both in order, imported or not (%s)', async (isImported) => {
    const workspace = await open();
    const entries = [...older().files(), ...newer().files()];
    if (isImported) await read(workspace, entries);
    const outcome = await workspace.transcript('ses_1', entries);
    expect(outcome.ok && outcome.messages.map(({ id }) => id)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8].map((number) => `m${number}`),
    );
  });
});
