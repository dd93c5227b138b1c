/** The year in a life: what a first installation, seven weeks and a necro session make of state. */
import initSqlJs from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FixtureStore } from '../fixture-store.ts';
import { MortalStore } from '../fixture-world.ts';
import { DAY_MS } from '../model/constants.ts';
import type { ImportOutcome } from '../model/views.ts';
import { MemoryStore } from '../state/memory-store.ts';
import type { Workspace } from '../workspace.ts';
import { openWorkspace } from '../workspace.ts';
import { FixtureProvider } from './fixture-provider.ts';
import { FEBRUARY, firstYear, JANUARY, later } from './fixture-year.ts';

let SQL: Awaited<ReturnType<typeof initSqlJs>>;

beforeAll(async () => {
  SQL = await initSqlJs();
});

function open(store: MemoryStore): Promise<Workspace> {
  return openWorkspace({
    store,
    loadSqlJs: () => Promise.resolve(SQL),
    now: () => JANUARY,
    newDeviceId: () => 'device',
    timeZone: 'UTC',
  });
}

function ok(outcome: ImportOutcome): void {
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
}

async function whole(workspace: Workspace, db: FixtureStore, provider: FixtureProvider, now: number): Promise<void> {
  ok(await workspace.import(db.files(), { now }));
  const outcome = await workspace.extract(db.files(), { provider, now });
  expect(outcome).toMatchObject({ ok: true, report: { stopped: null, problems: [] } });
  expect(await workspace.ceremony({ now })).toMatchObject({ ok: true });
}

const kinds = (workspace: Workspace): string[] => workspace.queue().jobs.map(({ id, kind }) => `${kind} ${id}`);

describe('the year in a life', () => {
  it('January: the first import queues what is partial, what is kept and the archive; then all is done', async () => {
    const workspace = await open(new MemoryStore());
    const db = firstYear(SQL);
    ok(await workspace.import(db.files(), { now: JANUARY }));
    // plan keeps its 20 of s-a; build keeps this week's 250; s-b is old
    expect(kinds(workspace)).toEqual(['update s-a', 'kept s-c', 'archive s-b']);
    const provider = new FixtureProvider();
    const outcome = await workspace.extract(db.files(), { provider, now: JANUARY });
    expect(outcome).toMatchObject({ ok: true, report: { messages: 610, jobs: { done: 3, left: 0 }, stopped: null } });
    expect(provider.analysed.toSorted()).toEqual([...new Set(provider.analysed)].sort());
    expect(provider.analysed).toHaveLength(610);
    expect(workspace.state()).toMatchObject({ ledger: 3, jobs: 0, extractionPoint: JANUARY - 14 * DAY_MS });
    expect(workspace.kept('opencode:build')!.length).toBeGreaterThan(250);
    expect(await workspace.ceremony({ now: JANUARY })).toMatchObject({ ok: true });
    expect(workspace.kept('opencode:build')).toHaveLength(250);
    expect(workspace.kept('opencode:plan')).toHaveLength(20);
    expect(
      [...(workspace.kept('opencode:build') ?? [])].every(({ flags }) => flags.p && flags.r && flags.o && flags.f),
    ).toBe(true);
    expect(workspace.memory({ kind: 'trait' }).total).toBe(305);
  });

  it('February: only what is new is analysed, with what came before as context', async () => {
    const store = new MemoryStore();
    const db = firstYear(SQL);
    await whole(await open(store), db, new FixtureProvider(), JANUARY);
    later(db);
    const workspace = await open(store);
    ok(await workspace.import(db.files(), { now: FEBRUARY }));
    expect(kinds(workspace).slice(0, 3)).toEqual(['update s-b', 'kept s-d', 'kept s-e']);
    const provider = new FixtureProvider();
    await workspace.extract(db.files(), { provider, now: FEBRUARY });
    const fresh = (session: string): string[] => provider.analysed.filter((id) => id.startsWith(session)).sort();
    expect(fresh('s-b')).toEqual(Array.from({ length: 12 }, (_, at) => `s-b-${300 + at}`));
    expect(provider.context).toContain('s-b-299');
    expect([fresh('s-d').length, fresh('s-e').length, fresh('s-c').length]).toEqual([40, 30, 0]);
    expect(await workspace.ceremony({ now: FEBRUARY })).toMatchObject({ ok: true });
    expect(workspace.kept('opencode:build')).toHaveLength(200);
    expect(workspace.state()).toMatchObject({ ledger: 5, extractionPoint: FEBRUARY - 14 * DAY_MS, jobs: 0 });
  });

  it('ends the same when the app is killed between any two steps', async () => {
    const outcome = async (killAt: number | null): Promise<{ state: unknown; commits: number }> => {
      const store = new MortalStore();
      const db = firstYear(SQL);
      await survived(store, db, JANUARY, killAt);
      later(db);
      await survived(store, db, FEBRUARY, killAt);
      const workspace = await open(store);
      const kept = workspace
        .personas()
        .map(({ id }) => [id, (workspace.kept(id) ?? []).map((each) => [each.id, Object.values(each.flags)])]);
      const ledger = [...store.ledger.values()].map(({ sessionId, messages, through }) => [
        sessionId,
        messages,
        through,
      ]);
      const items = workspace.memory().items.map(({ name, evidence }) => [name, evidence.length]);
      return { state: { kept, ledger, items, point: workspace.state().extractionPoint }, commits: store.commits };
    };
    const { state, commits } = await outcome(null);
    expect(commits).toBeGreaterThan(8);
    for (let killAt = 0; killAt < commits; killAt++) expect((await outcome(killAt)).state).toEqual(state);
  }, 120_000);
});

/** Import, extraction and ceremony, killed once: at commit `killAt >> 1`, just before it when even, just after it when odd. */
async function survived(store: MortalStore, db: FixtureStore, now: number, killAt: number | null): Promise<void> {
  const provider = new FixtureProvider();
  store.killAt = killAt;
  const mortal = await open(store);
  await mortal.import(db.files(), { now });
  await mortal.extract(db.files(), { provider, now });
  await mortal.ceremony({ now });
  store.killAt = null;
  await whole(await open(store), db, provider, now);
}
