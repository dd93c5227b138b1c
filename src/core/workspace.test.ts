import initSqlJs from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { FixtureStore } from './fixture-store.ts';
import { DAY_MS } from './model/constants.ts';
import type { Receipt } from './model/receipt.ts';
import type { ImportOutcome, ImportProgress } from './model/views.ts';
import type { SourceFile } from './sources/byte-source.ts';
import { MemoryStore } from './state/memory-store.ts';
import type { ImportOptions, Workspace, WorkspacePorts } from './workspace.ts';
import { openWorkspace } from './workspace.ts';

const NOW = Date.UTC(2026, 10, 21, 9);
let SQL: Awaited<ReturnType<typeof initSqlJs>>;

beforeAll(async () => {
  SQL = await initSqlJs();
});

function portsOf(store: MemoryStore): WorkspacePorts {
  const loadSqlJs = (): ReturnType<typeof initSqlJs> => Promise.resolve(SQL);
  return { store, loadSqlJs, now: () => NOW, newDeviceId: () => 'device', timeZone: 'UTC' };
}

function open(store: MemoryStore): Promise<Workspace> {
  return openWorkspace(portsOf(store));
}

function receiptOf(outcome: ImportOutcome): Receipt {
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.receipt;
}

async function importInto(store: MemoryStore, files: SourceFile[], options: ImportOptions = {}): Promise<Receipt> {
  return receiptOf(await (await open(store)).import(files, { now: NOW, ...options }));
}

async function snapshot(store: MemoryStore): Promise<[string, string][]> {
  return [...(await store.read(await store.keys()))].sort(([a], [b]) => (a < b ? -1 : 1));
}

function smallStore(): FixtureStore {
  const db = new FixtureStore(SQL);
  db.session('ses_1', NOW - 5 * DAY_MS);
  db.message({ id: 'm1', session: 'ses_1', time: NOW - 5 * DAY_MS, text: 'Please use WAL mode.' });
  db.message({ id: 'm2', session: 'ses_1', time: NOW - 5 * DAY_MS + 1_000, role: 'assistant', text: 'Done.' });
  db.message({ id: 'm3', session: 'ses_1', time: NOW - 5 * DAY_MS + 2_000, agent: 'Plan', text: 'What next?' });
  db.session('ses_sub', NOW - 5 * DAY_MS, { parent: 'ses_1' });
  db.message({ id: 's1', session: 'ses_sub', time: NOW - 5 * DAY_MS, agent: 'general', text: 'Look at it' });
  return db;
}

describe('an import', () => {
  it('has closed its files before it writes', async () => {
    let open = 0;
    const counted = smallStore()
      .files()
      .map((file): SourceFile => ({
        name: file.name,
        path: file.path,
        folderSeen: file.folderSeen,
        open: async () => {
          const source = await file.open();
          open += 1;
          const close = source.close.bind(source);
          return Object.assign(source, {
            close: () => {
              open -= 1;
              close();
            },
          });
        },
      }));
    const store = new MemoryStore();
    const commit = store.commit.bind(store);
    const openThen: number[] = [];
    store.commit = (writes) => {
      openThen.push(open);
      return commit(writes);
    };
    await importInto(store, counted);
    expect(openThen).toEqual([0]);
  });

  it('fills the catalog and the personas, and they are there after a restart', async () => {
    const store = new MemoryStore();
    const receipt = await importInto(store, smallStore().files());
    expect(receipt.sources).toMatchObject([
      {
        kind: 'opencode-db',
        sessions: { found: 2, new: 2, updated: 0, unchanged: 0, skipped: 0 },
        messages: { found: 4, new: 4 },
      },
    ]);
    expect(receipt.personas).toEqual([
      { id: 'opencode:build', found: 2, kept: 2, pruned: 0, clipped: 0 },
      { id: 'opencode:plan', found: 1, kept: 1, pruned: 0, clipped: 0 },
    ]);
    const again = await open(store);
    expect(again.personas().map(({ id }) => id)).toEqual(['opencode:plan', 'opencode:build']);
    expect(again.sessions().total).toBe(1);
    expect(again.session('ses_sub')).toMatchObject({
      parentSessionId: 'ses_1',
      sessionType: 'subagent',
      startingPrompt: 'Look at it',
    });
    const page = again.timeline('opencode:build', 0, 10);
    expect(page?.rows.map((row) => (row.kind === 'message' ? row.text : row.kind))).toEqual([
      'day',
      'session',
      'Please use WAL mode.',
      'Done.',
    ]);
    expect(again.state()).toMatchObject({ messages: 3, personas: 2, lastSync: NOW, bytes: receipt.state.bytes });
  });

  it('of the same file changes nothing, says so, and reads almost nothing', async () => {
    const store = new MemoryStore();
    const db = smallStore();
    await importInto(store, db.files());
    const before = await snapshot(store);
    db.bytesRead = 0;
    const receipt = await importInto(store, db.files(), { now: NOW + 1_000 });
    expect(receipt.unchanged).toBe(true);
    expect(receipt.sources).toMatchObject([
      { sessions: { found: 2, unchanged: 2 }, messages: { found: 4, unchanged: 4 } },
    ]);
    const differing = (await snapshot(store)).filter(([key, text]) => before.find(([k]) => k === key)?.[1] !== text);
    expect(differing.map(([key]) => key)).toEqual(['sources', 'state/meta']);
    expect(db.bytesRead).toBeLessThan(200);
  });

  it('of a file whose time moved but whose rows did not changes nothing either', async () => {
    const store = new MemoryStore();
    const db = smallStore();
    await importInto(store, db.files());
    db.run('UPDATE project SET time_updated = 1');
    const receipt = await importInto(store, db.files());
    expect(receipt.unchanged).toBe(true);
    expect(receipt.sources).toMatchObject([
      { sessions: { found: 2, unchanged: 2 }, messages: { found: 4, unchanged: 4 } },
    ]);
  });

  it('finds new sessions, and messages added to old ones', async () => {
    const store = new MemoryStore();
    const db = smallStore();
    await importInto(store, db.files());
    db.message({ id: 'm4', session: 'ses_1', time: NOW - DAY_MS });
    db.session('ses_2', NOW - DAY_MS);
    db.message({ id: 'n1', session: 'ses_2', time: NOW - DAY_MS });
    const receipt = await importInto(store, db.files());
    expect(receipt.unchanged).toBe(false);
    expect(receipt.sources).toMatchObject([
      {
        sessions: { found: 3, new: 1, updated: 1, unchanged: 1 },
        messages: { found: 6, new: 2, updated: 0, unchanged: 4 },
      },
    ]);
  });

  it('adds up: found = new + updated + unchanged + skipped, for sessions and messages', async () => {
    const store = new MemoryStore();
    const db = smallStore();
    db.run(`UPDATE message SET data = '{"role":"us' WHERE id = 'm2'`);
    const first = await importInto(store, db.files());
    const second = await importInto(store, db.files());
    for (const { sources } of [first, second]) {
      for (const { sessions, messages } of sources) {
        for (const { found, new: fresh, updated, unchanged, skipped } of [sessions, messages]) {
          expect(fresh + updated + unchanged + skipped).toBe(found);
        }
      }
    }
    expect(first.sources[0]?.messages).toMatchObject({ found: 4, new: 3, skipped: 1 });
    expect(second.sources[0]?.messages).toMatchObject({ found: 4, unchanged: 3, skipped: 1 });
  });

  it('reads a message that was still being written again, though its session’s time did not move', async () => {
    const store = new MemoryStore();
    const db = smallStore();
    db.message({
      id: 'late',
      session: 'ses_1',
      time: NOW - 60 * DAY_MS,
      role: 'assistant',
      text: 'Let me',
      finished: false,
    });
    await importInto(store, db.files());
    db.part('prt_late', 'late', 'ses_1', NOW, { type: 'text', text: 'Let me look at it.' });
    const receipt = await importInto(store, db.files());
    const texts = (await open(store))
      .timeline('opencode:build', 0, 99)
      ?.rows.flatMap((row) => (row.kind === 'message' ? [row.text] : []));
    expect(texts).toContain('Let me look at it.');
    expect(texts).not.toContain('Let me');
    expect(receipt.sources[0]?.sessions).toMatchObject({ found: 2 });
  });

  it('sees an answer that came after the import though the session’s time did not move', async () => {
    const store = new MemoryStore();
    const db = smallStore();
    db.session('ses_now', NOW - 1_000, { updated: NOW });
    db.message({ id: 'ask', session: 'ses_now', time: NOW - 1_000 });
    await importInto(store, db.files());
    db.message({ id: 'answer', session: 'ses_now', time: NOW - 500, role: 'assistant' });
    const receipt = await importInto(store, db.files());
    expect(receipt.sources[0]?.messages).toMatchObject({ new: 1 });
  });

  it('a changed title renames the session and its topic', async () => {
    const store = new MemoryStore();
    const db = smallStore();
    await importInto(store, db.files());
    db.run(`UPDATE session SET title = 'WAL mode', time_updated = time_updated + 5 WHERE id = 'ses_1'`);
    const receipt = await importInto(store, db.files());
    expect(receipt.sources[0]?.sessions).toMatchObject({ updated: 1, unchanged: 1 });
    expect((await open(store)).session('ses_1')?.summary).toBe('WAL mode');
  });

  it('a changed title shows at once where the session begins in a timeline', async () => {
    const db = smallStore();
    const workspace = await open(new MemoryStore());
    const title = (): string[] =>
      (workspace.timeline('opencode:build', 0, 9)?.rows ?? []).flatMap((row) =>
        row.kind === 'session' ? [row.title] : [],
      );
    receiptOf(await workspace.import(db.files(), { now: NOW }));
    expect(title()).toEqual(['Title of ses_1']);
    db.run(`UPDATE session SET title = 'WAL mode', time_updated = time_updated + 5 WHERE id = 'ses_1'`);
    receiptOf(await workspace.import(db.files(), { now: NOW }));
    expect(title()).toEqual(['WAL mode']);
  });

  it('prunes by the rule and tells what was kept', async () => {
    const store = new MemoryStore();
    const db = new FixtureStore(SQL);
    db.session('ses_1', NOW - 40 * DAY_MS);
    for (let i = 0; i < 10; i += 1) db.message({ id: `m${i}`, session: 'ses_1', time: NOW - (40 - i) * DAY_MS });
    const receipt = await importInto(store, db.files(), { limits: { minMessages: 4 } });
    expect(receipt.personas).toEqual([{ id: 'opencode:build', found: 10, kept: 4, pruned: 6, clipped: 0 }]);
  });

  it('holds the byte limit and tells what was clipped and left to the archive', async () => {
    const store = new MemoryStore();
    const db = new FixtureStore(SQL);
    db.session('ses_1', NOW - DAY_MS);
    for (let i = 0; i < 30; i += 1)
      db.message({ id: `m${i}`, session: 'ses_1', time: NOW - DAY_MS + i, text: 'x'.repeat(5_000) });
    const limits = { stateLimitBytes: 20_000, minMessages: 2 };
    const receipt = await importInto(store, db.files(), { limits });
    expect(receipt.state.bytes).toBeLessThanOrEqual(20_000);
    expect(receipt.decisions.map(({ reason }) => reason)).toEqual(['clipped', 'left-to-archive']);
    const [persona] = receipt.personas;
    expect(persona?.found).toBe((persona?.kept ?? 0) + (persona?.pruned ?? 0));
    const again = await importInto(store, db.files(), { limits });
    expect(again.unchanged).toBe(true);
    expect(again.personas).toEqual(receipt.personas);
  });

  it('reports progress through its phases', async () => {
    const phases: ImportProgress['phase'][] = [];
    await importInto(new MemoryStore(), smallStore().files(), { onProgress: ({ phase }) => phases.push(phase) });
    expect([...new Set(phases)]).toEqual(['opening', 'sessions', 'messages', 'planning', 'saving']);
  });

  it('hands over the session list before messages are read', async () => {
    const seen: string[] = [];
    await importInto(new MemoryStore(), smallStore().files(), {
      onSessions: (rows) => seen.push(...rows.map(({ summary }) => summary)),
      onProgress: ({ phase }) => seen.push(phase),
    });
    expect(seen.indexOf('Title of ses_1')).toBeLessThan(seen.indexOf('messages'));
  });
});

describe('an import that does not finish', () => {
  it('leaves everything as it was when cancelled, at any phase', async () => {
    for (const at of ['opening', 'sessions', 'messages', 'planning', 'saving'] as const) {
      const store = new MemoryStore();
      const db = smallStore();
      await importInto(store, db.files());
      const before = await snapshot(store);
      db.message({ id: 'm9', session: 'ses_1', time: NOW });
      const abort = new AbortController();
      const onProgress = ({ phase }: ImportProgress): void => {
        if (phase === at) abort.abort();
      };
      const outcome = await (await open(store)).import(db.files(), { now: NOW, signal: abort.signal, onProgress });
      expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'cancelled' }] });
      expect(await snapshot(store)).toEqual(before);
    }
  });

  it('leaves everything as it was when the store refuses the commit, and can be done again', async () => {
    const store = new MemoryStore();
    const workspace = await open(store);
    const commit = store.commit.bind(store);
    store.commit = () => Promise.reject(new Error('disk full'));
    expect(await workspace.import(smallStore().files(), { now: NOW })).toMatchObject({ ok: false });
    expect(workspace.overview()).toMatchObject({ sessions: 0, personas: 0 });
    store.commit = commit;
    expect(receiptOf(await workspace.import(smallStore().files(), { now: NOW })).sources[0]?.sessions.new).toBe(2);
  });

  it('refuses what is no database and changes nothing; a good file beside it is read all the same', async () => {
    const store = new MemoryStore();
    const text = new FixtureStore(SQL, 'notes.txt').files().map((file) => ({
      ...file,
      size: 5,
      open: async () => {
        const source = await file.open();
        return {
          ...source,
          size: 5,
          modified: 1,
          bytesRead: 0,
          readSync: () => new TextEncoder().encode('hello'),
          read: async () => new TextEncoder().encode('hello'),
          close: () => undefined,
        };
      },
    }));
    const outcome = await (await open(store)).import(text, { now: NOW });
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'not-a-database', file: 'notes.txt' }] });
    expect(await store.keys()).toEqual([]);
    const both = await importInto(store, [...text, ...smallStore().files()]);
    expect(both.sources.map(({ path }) => path)).toEqual(['opencode/opencode.db', 'notes.txt']);
  });
});

describe('state that cannot be read', () => {
  it('is set aside, offered back, and what it held is read again', async () => {
    const store = new MemoryStore();
    const db = smallStore();
    await importInto(store, db.files());
    await store.commit(new Map([['state/persona/opencode:build', 'garbage']]));
    const workspace = await open(store);
    expect(workspace.overview().setAside).toMatchObject([{ group: 'state/persona/opencode:build' }]);
    const receipt = receiptOf(await workspace.import(db.files(), { now: NOW }));
    expect(receipt.sources[0]?.sessions).toMatchObject({ found: 2, unchanged: 2 });
    expect(workspace.timeline('opencode:build', 0, 99)?.rows.filter(({ kind }) => kind === 'message')).toHaveLength(2);
    expect((await store.keys()).some((key) => key.startsWith('aside/'))).toBe(true);
  });

  it('is taken back in turn with an import: what is shown is what is stored, and the next import brings what is missing', async () => {
    const group = 'state/persona/opencode:build';
    const db = smallStore();
    const store = new MemoryStore();
    await importInto(store, db.files());
    db.message({ id: 'm4', session: 'ses_1', time: NOW - DAY_MS, text: 'One more.' });
    await importInto(store, db.files());
    await store.commit(new Map([[group, 'garbage']]));
    const workspace = await open(store);
    db.message({ id: 'm5', session: 'ses_1', time: NOW - DAY_MS + 1, text: 'And another.' });
    const importing = workspace.import(db.files(), { now: NOW });
    await Promise.all([workspace.restorePrevious(group), importing]);
    const shown = [...(workspace.kept('opencode:build') ?? [])];
    expect((await open(store)).kept('opencode:build')).toEqual(shown);
    receiptOf(await workspace.import(db.files(), { now: NOW }));
    expect(workspace.kept('opencode:build')?.map(({ id }) => id)).toEqual(['m1', 'm2', 'm4', 'm5']);
  });

  it('a damaged month of the catalog is made anew by the next import', async () => {
    const store = new MemoryStore();
    const db = smallStore();
    await importInto(store, db.files());
    await store.commit(new Map([['catalog/2026-11', 'garbage']]));
    const workspace = await open(store);
    expect(workspace.overview()).toMatchObject({ sessions: 0, setAside: [{ group: 'catalog/2026-11' }] });
    receiptOf(await workspace.import(db.files(), { now: NOW }));
    expect(workspace.overview()).toMatchObject({ sessions: 2, setAside: [] });
  });
});

describe('a transcript', () => {
  it('reads every user and assistant message of a session in order, imported or not', async () => {
    const workspace = await open(new MemoryStore());
    const outcome = await workspace.transcript('ses_1', smallStore().files());
    if (!outcome.ok) throw new Error(outcome.problem.message);
    expect(outcome.messages.map(({ id, role, agent, text }) => [id, role, agent, text])).toEqual([
      ['m1', 'user', 'build', 'Please use WAL mode.'],
      ['m2', 'assistant', 'build', 'Done.'],
      ['m3', 'user', 'plan', 'What next?'],
    ]);
    expect(outcome.session).toMatchObject({
      sessionId: 'ses_1',
      messageCount: 3,
      userPrompts: ['Please use WAL mode.', 'What next?'],
    });
  });

  it('says where it looked for a session that is nowhere', async () => {
    const outcome = await (await open(new MemoryStore())).transcript('ses_9', smallStore().files());
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'nothing-found' } });
  });
});

describe('a scan for the catalog', () => {
  it('fills the catalog, tells how many sessions and events, and leaves personas to the next import', async () => {
    const store = new MemoryStore();
    const db = smallStore();
    const workspace = await open(store);
    const outcome = await workspace.ingest(db.files());
    expect(outcome).toMatchObject({
      ok: true,
      report: { found: { opencode: 2, claude: 0 }, indexed: 2, events: 6, problems: [] },
    });
    expect(workspace.overview()).toMatchObject({ sessions: 2, personas: 0 });
    const receipt = receiptOf(await workspace.import(db.files(), { now: NOW }));
    expect(receipt.sources[0]?.sessions).toMatchObject({ found: 2, new: 2 });
    expect(workspace.overview().personas).toBe(2);
  });

  it('counts the same when done again, and after an import', async () => {
    const db = smallStore();
    const workspace = await open(new MemoryStore());
    const first = await workspace.ingest(db.files());
    expect(await workspace.ingest(db.files())).toEqual(first);
    receiptOf(await workspace.import(db.files(), { now: NOW }));
    expect(await workspace.ingest(db.files())).toEqual(first);
    expect(receiptOf(await workspace.import(db.files(), { now: NOW })).unchanged).toBe(true);
  });

  it('leaves to the import what it found changed', async () => {
    const db = smallStore();
    const workspace = await open(new MemoryStore());
    receiptOf(await workspace.import(db.files(), { now: NOW }));
    db.message({ id: 'm9', session: 'ses_1', time: NOW });
    await workspace.ingest(db.files());
    expect(workspace.timeline('opencode:build', 0, 99)?.rows.filter(({ kind }) => kind === 'message')).toHaveLength(2);
    receiptOf(await workspace.import(db.files(), { now: NOW }));
    expect(workspace.timeline('opencode:build', 0, 99)?.rows.filter(({ kind }) => kind === 'message')).toHaveLength(3);
  });
});

describe('what happened in a window', () => {
  it('is told from the catalog, after a restart too', async () => {
    const store = new MemoryStore();
    await importInto(store, smallStore().files());
    const context = await (await open(store)).context({ start: NOW - 6 * DAY_MS, end: NOW, gapMinutes: 60 });
    expect(context.sessions.map(({ sessionId }) => sessionId)).toEqual(['ses_1', 'ses_sub']);
    expect(context.events.map(({ type }) => type)).toEqual([
      'started',
      'user_message',
      'started',
      'ended',
      'user_message',
      'ended',
    ]);
    expect(context.projects).toMatchObject([{ projectPath: '/src/shop', sessions: 2 }]);
  });
});

describe('a backup', () => {
  it('brings back on another device what was kept, catalog and all', async () => {
    const first = await open(new MemoryStore());
    receiptOf(await first.import(smallStore().files(), { now: NOW }));
    const elsewhere = new MemoryStore();
    const second = await openWorkspace({ ...portsOf(elsewhere), newDeviceId: () => 'other' });
    const preview = await second.restore(await first.backup());
    expect(preview).toMatchObject({
      backup: { personas: 2, messages: 3, sessions: 2 },
      current: { personas: 0, messages: 0, sessions: 0 },
    });
    expect(second.personas()).toEqual(first.personas());
    expect(second.sessions()).toEqual(first.sessions());
    expect((await elsewhere.read(['state/meta'])).get('state/meta')).toContain('"device":"other"');
    expect(receiptOf(await second.import(smallStore().files(), { now: NOW })).unchanged).toBe(true);
  });

  it('shows what it would do and does nothing until told', async () => {
    const store = new MemoryStore();
    const workspace = await open(store);
    const empty = await workspace.backup();
    receiptOf(await workspace.import(smallStore().files(), { now: NOW }));
    const before = await snapshot(store);
    expect(await workspace.previewRestore(empty)).toMatchObject({ backup: { sessions: 0 }, current: { sessions: 2 } });
    expect(await snapshot(store)).toEqual(before);
  });

  it('opens with its passphrase alone, and holds no words in the clear', async () => {
    const workspace = await open(new MemoryStore());
    receiptOf(await workspace.import(smallStore().files(), { now: NOW }));
    const text = await workspace.backup('correct horse');
    expect(text).not.toContain('WAL mode');
    await expect(workspace.previewRestore(text)).rejects.toThrow(/give its passphrase/);
    await expect(workspace.previewRestore(text, 'wrong')).rejects.toThrow(/does not open/);
    expect(await workspace.previewRestore(text, 'correct horse')).toMatchObject({ backup: { sessions: 2 } });
  });

  it('that is damaged, foreign or of a later version changes nothing and says so', async () => {
    const store = new MemoryStore();
    const workspace = await open(store);
    receiptOf(await workspace.import(smallStore().files(), { now: NOW }));
    const good = await workspace.backup();
    const before = await snapshot(store);
    const bad = [
      'hello',
      '{}',
      good.slice(0, -5),
      good.replace('"version":1', '"version":9'),
      good.replace('\\"schema\\":1', '\\"schema\\":"x"'),
    ];
    for (const text of bad) await expect(workspace.restore(text)).rejects.toThrow(/backup/i);
    expect(await snapshot(store)).toEqual(before);
  });
});
