import fc from 'fast-check';
import initSqlJs from 'sql.js';
import { beforeAll, expect, it } from 'vitest';
import { FixtureProvider } from '../extraction/fixture-provider.ts';
import { FixtureStore } from '../fixture-store.ts';
import { DAY_MS } from '../model/constants.ts';
import type { SearchFilters } from '../model/search-views.ts';
import { MemoryStore } from '../state/memory-store.ts';
import type { Workspace } from '../workspace.ts';
import { openWorkspace } from '../workspace.ts';
import { Searching } from './search-desk.ts';

const NOW = Date.UTC(2026, 10, 21, 9);
let SQL: Awaited<ReturnType<typeof initSqlJs>>;

beforeAll(async () => {
  SQL = await initSqlJs();
});

function open(): Promise<Workspace> {
  const loadSqlJs = (): ReturnType<typeof initSqlJs> => Promise.resolve(SQL);
  return openWorkspace({
    store: new MemoryStore(),
    loadSqlJs,
    now: () => NOW,
    newDeviceId: () => 'device',
    timeZone: 'UTC',
  });
}

function history(): FixtureStore {
  const db = new FixtureStore(SQL);
  db.session('shop', NOW - 3 * DAY_MS, { title: 'Checkout rounds wrongly', directory: '/src/shop' });
  db.session('site', NOW - 2 * DAY_MS, { title: 'Landing page', directory: '/src/site' });
  const at = (session: string, day: number, id: string, text: string, role: 'user' | 'assistant', agent = 'build') =>
    db.message({ id, session, time: NOW - day * DAY_MS, text, role, agent });
  at('shop', 3, 'm1', 'The checkout rounds each line; use WAL mode.', 'user');
  at('shop', 2.5, 'm2', 'It sums before rounding now.', 'assistant');
  at('site', 2, 'm3', 'Round corners on the landing page.', 'user', 'plan');
  at('site', 1, 'm4', 'getUserName rounds nothing.', 'assistant', 'plan');
  return db;
}

async function imported(db = history()): Promise<Workspace> {
  const workspace = await open();
  await workspace.import(db.files(), { now: NOW });
  return workspace;
}

function searching(workspace: Workspace): Searching {
  if (!(workspace.search instanceof Searching)) throw new Error('another search');
  return workspace.search;
}

function messages(workspace: Workspace, text: string, filters: Partial<SearchFilters> = {}): string[] {
  return workspace.search.kept({ text, filters, limit: 50 }).messages.hits.map(({ id }) => id);
}

it('messages are found by all their words, newest first, with where they are', async () => {
  const workspace = await imported();
  expect(messages(workspace, 'round')).toEqual(['m4', 'm3', 'm2', 'm1']);
  expect(messages(workspace, 'rounds ')).toEqual(['m4', 'm1']);
  expect(messages(workspace, 'rounds line')).toEqual(['m1']);
  const [hit] = workspace.search.kept({ text: 'wal' }).messages.hits;
  expect(hit).toMatchObject({
    id: 'm1',
    sessionId: 'shop',
    sessionTitle: 'Checkout rounds wrongly',
    projectName: 'shop',
    personaId: 'opencode:build',
    excerpt: { text: 'The checkout rounds each line; use WAL mode.', marks: [{ start: 35, end: 38 }] },
  });
});

it('sessions are found by title, folder and first prompts, those named so first', async () => {
  const workspace = await imported();
  const { hits } = workspace.search.kept({ text: 'landing' }).sessions;
  expect(hits.map(({ id, excerpt }) => [id, excerpt])).toEqual([['site', null]]);
  const all = workspace.search.kept({ text: 'round' }).sessions.hits;
  expect(all.map(({ id }) => id)).toEqual(['shop', 'site']);
  expect(all[1]?.excerpt?.text).toContain('Round corners');
});

it('personas and items are found, items by the words they come from too', async () => {
  const db = history();
  const workspace = await imported(db);
  await workspace.extract(db.files(), { provider: new FixtureProvider() });
  expect(workspace.search.kept({ text: 'pla' }).personas.hits).toMatchObject([{ id: 'opencode:plan' }]);
  const { items } = workspace.search.kept({ text: 'corners' });
  expect(items.total).toBeGreaterThan(0);
  const [item] = items.hits;
  await workspace.changeItem({ kind: 'reject', id: item!.id });
  expect(workspace.search.kept({ text: 'corners' }).items.hits.map(({ id }) => id)).not.toContain(item!.id);
});

it('only what is asked for is counted: the limit bounds the hits, not the total', async () => {
  const workspace = await imported();
  const { messages: found } = workspace.search.kept({ text: 'round', limit: 1 });
  expect(found.total).toBe(4);
  expect(found.hits).toHaveLength(1);
  expect(workspace.search.kept({ text: ' ' })).toMatchObject({ isEmpty: true, messages: { total: 0 } });
});

it('a fork shows a message once, as the original', async () => {
  const db = new FixtureStore(SQL);
  db.session('s', NOW - DAY_MS, { title: 'First' });
  db.session('f', NOW - DAY_MS + 10, { title: 'First (fork #1)' });
  for (const session of ['s', 'f']) db.message({ id: `m_${session}`, session, time: NOW - DAY_MS, text: 'the needle' });
  const workspace = await imported(db);
  expect(workspace.search.kept({ text: 'needle' }).messages).toMatchObject({ total: 1, hits: [{ id: 'm_s' }] });
});

it('a commit costs the documents it changed', async () => {
  const db = history();
  const workspace = await imported(db);
  const search = searching(workspace);
  search.kept({ text: 'round' });
  // 4 messages, 2 sessions, 2 personas
  expect(search.lastChanges).toEqual({ added: 8, removed: 0 });
  search.kept({ text: 'rounds' });
  expect(search.lastChanges).toEqual({ added: 0, removed: 0 });

  db.message({ id: 'm5', session: 'site', time: NOW, text: 'A new word: quixotic.', agent: 'plan' });
  await workspace.import(db.files(), { now: NOW });
  expect(messages(workspace, 'quixotic')).toEqual(['m5']);
  // the message, and the session whose first prompts it is now among
  expect(search.lastChanges).toEqual({ added: 2, removed: 1 });

  search.forget();
  expect(messages(workspace, 'quixotic')).toEqual(['m5']);
  expect(search.lastChanges).toEqual({ added: 9, removed: 0 });
});

it('filters are what a plain look at each message says', async () => {
  const workspace = await imported();
  const all = workspace
    .personas()
    .flatMap(({ id }) => (workspace.kept(id) ?? []).map((each) => ({ ...each, persona: id })));
  const time = fc.constantFrom(...all.map((each) => each.time)).chain((at) => fc.integer({ min: at - 1, max: at + 1 }));
  const filters = fc.record({
    tool: fc.constantFrom(null, 'opencode' as const, 'claude' as const),
    project: fc.constantFrom(null, 'shop', 'SITE', '/src/s', 'nowhere'),
    persona: fc.constantFrom(null, 'build', 'opencode:plan', 'nobody'),
    role: fc.constantFrom(null, 'user' as const, 'assistant' as const),
    since: fc.option(time),
    until: fc.option(time),
  });
  fc.assert(
    fc.property(filters, (asked) => {
      const plain = all.filter(
        (each) =>
          (asked.tool === null || each.source === asked.tool) &&
          (asked.project === null || `/src/${each.sessionId}`.includes(asked.project.toLowerCase())) &&
          (asked.persona === null || each.persona.includes(asked.persona)) &&
          (asked.role === null || each.role === asked.role) &&
          (asked.since === null || each.time >= asked.since) &&
          (asked.until === null || each.time <= asked.until),
      );
      expect(messages(workspace, 'rounds', asked).sort()).toEqual(
        plain
          .filter(({ text }) => /\brounds/.test(text))
          .map(({ id }) => id)
          .sort(),
      );
    }),
  );
});
