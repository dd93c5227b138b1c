/** Runs of the queue over a real database: what goes wrong, and what becomes of it. */
import initSqlJs from 'sql.js';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FixtureStore } from '../fixture-store.ts';
import { DAY_MS } from '../model/constants.ts';
import type { ExtractReport } from '../model/memory-views.ts';
import { MemoryStore } from '../state/memory-store.ts';
import { utf8Length } from '../state/utf8.ts';
import type { Workspace } from '../workspace.ts';
import { openWorkspace } from '../workspace.ts';
import type { ExtractOptions } from './extraction-desk.ts';
import { FixtureProvider } from './fixture-provider.ts';

const NOW = Date.UTC(2026, 10, 21, 9);
const LIMITS = { callTokenLimit: 60 };
let SQL: Awaited<ReturnType<typeof initSqlJs>>;
let db: FixtureStore;
let provider: FixtureProvider;
let workspace: Workspace;
let waited: number[];

beforeAll(async () => {
  SQL = await initSqlJs();
});

beforeEach(async () => {
  db = new FixtureStore(SQL);
  provider = new FixtureProvider();
  waited = [];
  workspace = await open(new MemoryStore());
});

function open(store: MemoryStore): Promise<Workspace> {
  const loadSqlJs = (): ReturnType<typeof initSqlJs> => Promise.resolve(SQL);
  return openWorkspace({ store, loadSqlJs, now: () => NOW, newDeviceId: () => 'device', timeZone: 'UTC' });
}

/** Sessions of ten messages each, of some 40 characters. */
function tell(...sessions: string[]): void {
  for (const [at, session] of sessions.entries()) {
    const began = NOW - (5 - at / 10) * DAY_MS;
    db.session(session, began);
    for (let n = 0; n < 10; n++)
      db.message({
        id: `${session}-${n}`,
        session,
        time: began + n * 1_000,
        text: `In ${session} I want thing number ${n}.`,
      });
  }
}

async function extract(options: ExtractOptions = {}): Promise<ExtractReport> {
  const outcome = await workspace.extract(db.files(), {
    provider,
    limits: LIMITS,
    sleep: (ms) => {
      waited.push(ms);
      return Promise.resolve();
    },
    ...options,
  });
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
  return outcome.report;
}

const importAll = () => workspace.import(db.files(), { now: NOW });
const says = (text: string) => (call: Parameters<FixtureProvider['fault']>[0]) =>
  call.chunk.parts.some(({ purpose, message }) => purpose === 'analyse' && message.text.includes(text));

describe('a run', () => {
  it('goes on past a poisoned call, tries it five times with growing waits, and leaves it to the person', async () => {
    tell('a', 'b');
    await importAll();
    const isPoison = says('In a I want thing number 4');
    provider.fault = (call) => (isPoison(call) ? { code: 'invalid-reply' } : null);
    const report = await extract();
    expect(report).toMatchObject({ jobs: { done: 1, failed: 1, left: 0 }, stopped: null });
    expect(report.problems).toMatchObject([{ code: 'call-failed', file: 'a' }]);
    expect(waited).toEqual([2_000, 8_000, 32_000, 128_000]);
    expect(provider.calls.filter(isPoison)).toHaveLength(5);
    const others = provider.analysed.filter(
      (id) =>
        !provider.calls.filter(isPoison).some(({ chunk }) => chunk.parts.some(({ message }) => message.id === id)),
    );
    expect(others).toHaveLength(new Set(others).size);
    expect(workspace.queue().jobs).toMatchObject([
      { id: 'a', state: 'failed', tries: 5, reason: 'It said invalid-reply.' },
      { id: 'b', state: 'done' },
    ]);
    // an import does not queue it again: nothing in it changed
    await importAll();
    expect(workspace.queue().jobs.some(({ state }) => state === 'queued')).toBe(false);
    provider.fault = () => null;
    await workspace.retryJob('a');
    expect(await extract()).toMatchObject({ jobs: { done: 1, failed: 0, left: 0 } });
    expect(workspace.memory({ kind: 'trait' }).total).toBe(20);
  });

  it('asks no more of a provider that refuses its key, and fails no job for it', async () => {
    tell('a', 'b');
    await importAll();
    provider.fault = () => ({ code: 'key-refused' });
    const report = await extract();
    expect(report).toMatchObject({ stopped: 'provider', calls: 1, jobs: { done: 0, failed: 0, left: 2 } });
    expect(report.problems).toMatchObject([{ code: 'provider-paused', message: 'It said key-refused.' }]);
    expect(workspace.queue().jobs).toMatchObject([{ tries: 0 }, { tries: 0 }]);
    provider.fault = () => null;
    expect(await extract()).toMatchObject({ jobs: { done: 2, left: 0 }, messages: 20 });
  });

  it('waits as long as a server asks it to, and goes on', async () => {
    tell('a');
    await importAll();
    provider.fault = () => (provider.calls.length === 2 ? { code: 'rate-limited', retryAfterMs: 7_000 } : null);
    expect(await extract()).toMatchObject({ jobs: { done: 1 }, messages: 10 });
    expect(waited).toEqual([7_000]);
  });

  it('cancelled, keeps what was done and goes on from there, with nothing analysed twice', async () => {
    tell('a', 'b', 'c');
    await importAll();
    provider.needsNetwork = true;
    const cancel = new AbortController();
    provider.before = async () => {
      if (provider.calls.length === 3) cancel.abort();
    };
    const first = await extract({ signal: cancel.signal, concurrency: 1 });
    expect(first.stopped).toBe('cancelled');
    expect(first.messages).toBeGreaterThan(0);
    const cut = provider.calls[2]!.chunk.parts.filter(({ purpose }) => purpose === 'analyse').map(
      ({ message }) => message.id,
    );
    expect(await extract()).toMatchObject({ stopped: null, jobs: { left: 0 } });
    const counts = provider.analysed.filter((id) => !cut.includes(id));
    expect(counts).toHaveLength(new Set(counts).size);
    expect(new Set(provider.analysed).size).toBe(30);
  });

  it('stops when its budget is spent; the call that crosses it is the last', async () => {
    tell('a', 'b');
    await importAll();
    const report = await extract({ budgetTokens: 70 });
    expect(report).toMatchObject({ stopped: 'budget', calls: 2 });
    expect(report.tokens).toBeGreaterThanOrEqual(70);
  });

  it('makes as many calls at a time as it may, and each is written when it ends', async () => {
    tell('a', 'b', 'c');
    await importAll();
    provider.needsNetwork = true;
    let [now, most] = [0, 0];
    provider.before = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 2));
      now -= 1;
    };
    expect(await extract({ concurrency: 4 })).toMatchObject({ messages: 30, jobs: { done: 3 } });
    expect(most).toBe(4);
    expect(provider.analysed).toHaveLength(30);
  });

  it('waits for a source that is not connected, holds nothing up for it, and goes on when it is back', async () => {
    tell('a');
    const other = new FixtureStore(SQL, 'laptop/opencode.db');
    other.session('far', NOW - 30 * DAY_MS);
    other.message({ id: 'far-1', session: 'far', time: NOW - 30 * DAY_MS, text: 'I live far away.' });
    await workspace.import([...db.files(), ...other.files()], { now: NOW });
    expect(await extract()).toMatchObject({ stopped: 'waiting', jobs: { done: 1, left: 1, waiting: 1, failed: 0 } });
    expect(await workspace.ceremony({ now: NOW })).toMatchObject({ ok: true });
    await importAll();
    expect(workspace.state().extractionPoint).toBeNull();
    const outcome = await workspace.extract(other.files(), { provider });
    expect(outcome).toMatchObject({ ok: true, report: { stopped: null, jobs: { waiting: 0, left: 0 } } });
    expect(workspace.state().extractionPoint).toBe(NOW - 14 * DAY_MS);
  });

  it('of one kind alone leaves the others to be done, and never asks for that kind again', async () => {
    tell('a');
    await importAll();
    await extract({ kinds: ['fact'] });
    expect(workspace.kept('opencode:build')?.[0]?.flags).toEqual({ p: false, r: false, o: false, f: true });
    expect(workspace.queue().jobs).toMatchObject([{ state: 'queued' }]);
    await extract();
    expect(provider.calls.map(({ kinds }) => kinds.join())).toEqual([
      ...provider.calls.slice(0, provider.calls.length / 2).map(() => 'fact'),
      ...provider.calls.slice(provider.calls.length / 2).map(() => 'trait,person,topic'),
    ]);
    expect(workspace.queue().jobs).toMatchObject([{ state: 'done' }]);
  });

  it('reads whole bodies where only heads are kept, and a message longer than a call piece by piece', async () => {
    db.session('long', NOW - 3 * DAY_MS);
    const text = Array.from({ length: 60 }, (_, at) => `Paragraph ${at} of a long message.`).join('\n\n');
    db.message({ id: 'long-1', session: 'long', time: NOW - 3 * DAY_MS, text: text.repeat(40) });
    const limits = { stateLimitBytes: 20_000 };
    await workspace.import(db.files(), { now: NOW, limits });
    const [kept] = workspace.kept('opencode:build') ?? [];
    expect(kept?.clippedFrom).toBe(text.length * 40);
    await extract({ limits: { ...limits, callTokenLimit: 5_000 } });
    const pieces = provider.calls.map(({ chunk }) => chunk.parts[0]!);
    expect(pieces.map(({ piece }) => piece)).toEqual(pieces.map((_, at) => at));
    expect(pieces.at(-1)?.end).toBe(text.length * 40);
    expect(workspace.kept('opencode:build')?.[0]?.flags).toEqual({ p: true, r: true, o: true, f: true });
  });

  it('brings back what the archive needs, marked, within the limit and not in a backup; the ceremony lets it go', async () => {
    const began = NOW - 60 * DAY_MS;
    db.session('old', began);
    for (let n = 0; n < 250; n++) db.message({ id: `old-${n}`, session: 'old', time: began + n * 1_000 });
    const store = new MemoryStore();
    workspace = await open(store);
    await importAll();
    expect(workspace.kept('opencode:build')).toHaveLength(200);
    await extract({ limits: {} });
    const injected = (workspace.kept('opencode:build') ?? []).filter((message) => message.injected);
    expect(injected).toHaveLength(50);
    expect(workspace.state().bytes).toBe(await stateBytes(store));
    expect(await workspace.backup()).not.toContain('old-7"');
    expect(await workspace.ceremony({ now: NOW })).toMatchObject({
      report: { personas: [{ pruned: 0, released: 50 }] },
    });
    expect(workspace.kept('opencode:build')).toHaveLength(200);
  });

  it('finds a message that came late into the middle of an old session, and it alone', async () => {
    tell('a');
    await importAll();
    await extract();
    db.message({ id: 'a-late', session: 'a', time: NOW - 5 * DAY_MS + 4_500, text: 'I forgot to say this.' });
    db.run('UPDATE session SET time_updated = ?', [NOW]);
    await importAll();
    const before = provider.analysed.length;
    await extract();
    expect(provider.analysed.slice(before)).toEqual(['a-late']);
  });

  it('gives a fork no second voice: the same words at the same time are one evidence', async () => {
    tell('a');
    db.session('copy', NOW - 4 * DAY_MS, { title: 'Title of a (fork #1)' });
    db.run(
      `INSERT INTO message (id, session_id, time_created, time_updated, data)
       SELECT 'copy-' || id, 'copy', time_created, time_updated, data FROM message WHERE session_id = 'a'`,
    );
    db.run(
      `INSERT INTO part (id, message_id, session_id, time_created, time_updated, data)
       SELECT 'copy-' || id, 'copy-' || message_id, 'copy', time_created, time_updated, data FROM part WHERE session_id = 'a'`,
    );
    await importAll();
    expect(await extract()).toMatchObject({ jobs: { done: 2 } });
    const { items } = workspace.memory({ kind: 'trait' });
    expect(items.map(({ evidence }) => evidence.length)).toEqual(items.map(() => 1));
  });

  it('a session that its source lost is extracted as far as it is kept', async () => {
    tell('a', 'b');
    await importAll();
    db.run(`DELETE FROM part WHERE session_id = 'a'`);
    db.run(`DELETE FROM message WHERE session_id = 'a'`);
    db.run(`DELETE FROM session WHERE id = 'a'`);
    expect(await extract()).toMatchObject({ messages: 20, jobs: { done: 2, failed: 0 } });
    expect(await workspace.why(workspace.memory({ session: 'a' }).items[0]!.id)).toMatchObject({
      evidence: [{ place: 'kept' }],
    });
  });
});

async function stateBytes(store: MemoryStore): Promise<number> {
  const groups = await store.read((await store.keys()).filter((key) => /^(state|injected)\//.test(key)));
  return [...groups.values()].reduce((sum, text) => sum + utf8Length(text), 0);
}
