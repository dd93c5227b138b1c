import { describe, expect, it } from 'vitest';
import type { CatalogRow } from '../model/agent-session.ts';
import { MemoryStore } from '../state/memory-store.ts';
import type { CatalogChange } from './catalog.ts';
import { Catalog, loadCatalog } from './catalog.ts';
import { monthOf } from './catalog-groups.ts';
import { querySessions } from './query.ts';

function row(sessionId: string, more: Partial<CatalogRow> = {}): CatalogRow {
  const startTime = more.startTime ?? Date.UTC(2026, 10, 3);
  return {
    sessionId,
    source: 'opencode',
    parentSessionId: null,
    sessionType: 'user',
    projectPath: '/src/shop',
    projectName: 'shop',
    startTime,
    endTime: startTime + 60_000,
    messageCount: 2,
    assistantMessageCount: 1,
    toolCallCount: 0,
    summary: `Title of ${sessionId}`,
    startingPrompt: null,
    userPrompts: [],
    store: 'opencode:opencode.db',
    sourceUpdated: startTime,
    sourceVersion: null,
    readThrough: startTime,
    archived: false,
    fork: false,
    agents: [],
    watch: null,
    offered: true,
    ...more,
  };
}

function change(changed: CatalogRow): CatalogChange {
  return { row: changed, times: { sessionId: changed.sessionId, userMessages: [changed.startTime], toolCalls: [] } };
}

async function upsert(store: MemoryStore, ...rows: CatalogRow[]): Promise<string[]> {
  const { catalog } = await loadCatalog(store);
  const writes = await catalog.prepare(rows.map(change), store);
  await store.commit(writes);
  return [...writes.keys()];
}

describe('the catalog', () => {
  it('gives back after a restart what was committed, one row a session', async () => {
    const store = new MemoryStore();
    await upsert(store, row('ses_1'), row('ses_2'));
    await upsert(store, row('ses_1', { summary: 'Renamed' }));
    const { catalog } = await loadCatalog(store);
    expect(catalog.size).toBe(2);
    expect(catalog.get('ses_1')).toEqual(row('ses_1', { summary: 'Renamed' }));
  });

  it('writes only the months it touches', async () => {
    const store = new MemoryStore();
    await upsert(store, row('ses_old', { startTime: Date.UTC(2026, 1, 3) }), row('ses_new'));
    expect(await upsert(store, row('ses_newer'))).toEqual(['catalog/2026-11', 'times/2026-11']);
  });

  it('moves a session whose start changed to its month', async () => {
    const store = new MemoryStore();
    await upsert(store, row('ses_1'));
    await upsert(store, row('ses_1', { startTime: Date.UTC(2026, 8, 3) }));
    const { catalog } = await loadCatalog(store);
    expect([...catalog.rows()].map(({ startTime }) => monthOf(startTime))).toEqual(['2026-09']);
    expect((await store.keys()).filter((key) => key.startsWith('times/'))).toEqual(['times/2026-09']);
  });

  it('names a group that can’t be read and reads the others', async () => {
    const store = new MemoryStore();
    await upsert(store, row('ses_old', { startTime: Date.UTC(2026, 1, 3) }), row('ses_new'));
    await store.commit(new Map([['catalog/2026-11', '{"schema":1,"rows":[{}]}']]));
    const { catalog, unreadable } = await loadCatalog(store);
    expect([...catalog.rows()].map(({ sessionId }) => sessionId)).toEqual(['ses_old']);
    expect([...unreadable.keys()]).toEqual(['catalog/2026-11']);
  });

  it('has a month for times no calendar has', () => {
    expect(monthOf(Number.MAX_VALUE)).toBe('unknown');
    expect(monthOf(-1)).toBe('1969-12');
  });
});

describe('the sessions table', () => {
  const rows = [
    row('ses_a', { startTime: 1_000, summary: 'WAL mode', userPrompts: ['Which journal mode?'] }),
    row('ses_b', { startTime: 2_000, summary: 'Cart totals', projectPath: '/src/cart', projectName: 'cart' }),
    row('ses_b1', { startTime: 2_500, parentSessionId: 'ses_b', sessionType: 'subagent', summary: 'Look at wal' }),
    row('ses_b2', { startTime: 2_600, parentSessionId: 'ses_b1', sessionType: 'subagent' }),
    row('ses_lost', { startTime: 500, parentSessionId: 'gone', sessionType: 'subagent' }),
  ];
  const catalog = new Catalog(rows);
  const ids = (query: Parameters<typeof querySessions>[1]): string[] =>
    querySessions(catalog, query).rows.map(({ sessionId }) => sessionId);

  it('is newest first, with sub-agents folded under their parents and orphans on their own', () => {
    expect(ids({})).toEqual(['ses_b', 'ses_a', 'ses_lost']);
    expect(querySessions(catalog).rows[0]).toMatchObject({ children: 1, depth: 0 });
  });

  it('shows the sub-agents of an unfolded parent right after it', () => {
    expect(ids({ unfolded: ['ses_b', 'ses_b1'] })).toEqual(['ses_b', 'ses_b1', 'ses_b2', 'ses_a', 'ses_lost']);
  });

  it('shows every session when nothing is folded', () => {
    expect(ids({ folded: false, sort: 'start', descending: false })).toEqual([
      'ses_lost',
      'ses_a',
      'ses_b',
      'ses_b1',
      'ses_b2',
    ]);
  });

  it('finds words in titles and prompts; a match in a sub-agent shows its parent', () => {
    expect(ids({ text: 'wal' })).toEqual(['ses_b', 'ses_a']);
    expect(ids({ text: 'journal WHICH' })).toEqual(['ses_a']);
  });

  it('filters by project, type and time', () => {
    expect(ids({ project: 'cart' })).toEqual(['ses_b']);
    expect(ids({ type: 'subagent', folded: false })).toEqual(['ses_b2', 'ses_b1', 'ses_lost']);
    expect(ids({ until: 999 })).toEqual(['ses_lost']);
  });

  it('gives a page and the number of all', () => {
    const page = querySessions(catalog, { folded: false, offset: 1, limit: 2 });
    expect(page.total).toBe(5);
    expect(page.rows.map(({ sessionId }) => sessionId)).toEqual(['ses_b1', 'ses_b']);
  });

  it('survives parents that are each other’s children', () => {
    const cyclic = new Catalog([row('x', { parentSessionId: 'y' }), row('y', { parentSessionId: 'x' })]);
    expect(querySessions(cyclic, { unfolded: ['x', 'y'] }).rows.length).toBeGreaterThan(0);
  });
});

describe('the order of age', () => {
  const ids = (rows: readonly CatalogRow[]): string[] => rows.map(({ sessionId }) => sessionId);

  it('is that of the rows as changes leave them, before and after they are accepted', () => {
    const catalog = new Catalog([
      row('b', { sourceUpdated: 2 }),
      row('a', { sourceUpdated: 2 }),
      row('c', { sourceUpdated: 1 }),
    ]);
    expect(ids(catalog.agedAfter([]))).toEqual(['c', 'a', 'b']);
    const changes = [change(row('c', { sourceUpdated: 3 })), change(row('d', { sourceUpdated: 0 }))];
    expect(ids(catalog.agedAfter(changes))).toEqual(['d', 'a', 'b', 'c']);
    expect(ids(catalog.agedAfter([]))).toEqual(['c', 'a', 'b']);
    catalog.accept(changes);
    expect(ids(catalog.agedAfter([]))).toEqual(['d', 'a', 'b', 'c']);
  });

  it('is made anew when other changes are accepted than were asked about', () => {
    const catalog = new Catalog([row('a', { sourceUpdated: 1 })]);
    catalog.agedAfter([change(row('b', { sourceUpdated: 2 }))]);
    catalog.accept([change(row('c', { sourceUpdated: 0 }))]);
    expect(ids(catalog.agedAfter([]))).toEqual(['c', 'a']);
  });

  it('takes no work and makes no revision when nothing changed', () => {
    const catalog = new Catalog([row('a')]);
    const before = catalog.agedAfter([]);
    const { revision } = catalog;
    catalog.accept([]);
    expect(catalog.agedAfter([])).toBe(before);
    expect(catalog.revision).toBe(revision);
  });
});
