import initSqlJs from 'sql.js';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FixtureStore } from '../fixture-store.ts';
import { DAY_MS } from '../model/constants.ts';
import type { ImportOutcome, SourceSummary } from '../model/views.ts';
import { jsonl, prompt, reply, text } from '../sources/claude/fixture-lines.ts';
import { FixtureFolder } from '../sources/opencode-shared/fixture-folder.ts';
import { MemoryStore } from '../state/memory-store.ts';
import type { Workspace } from '../workspace.ts';
import { openWorkspace } from '../workspace.ts';
import { placeOf } from './vanished.ts';

const NOW = Date.UTC(2026, 10, 21, 9);
const FIRST = '11111111-1111-4111-8111-111111111111';
const SECOND = '22222222-2222-4222-8222-222222222222';

let SQL: Awaited<ReturnType<typeof initSqlJs>>;
let kept: MemoryStore;
let workspace: Workspace;
let claude: FixtureFolder;
let opencode: FixtureFolder;

beforeAll(async () => {
  SQL = await initSqlJs();
});

beforeEach(async () => {
  kept = new MemoryStore();
  workspace = await reopen();
  claude = new FixtureFolder('.claude');
  writeTranscript(claude, FIRST);
  writeTranscript(claude, SECOND);
  opencode = new FixtureFolder('opencode');
  const db = new FixtureStore(SQL);
  db.session('ses_1', NOW - 5 * DAY_MS);
  db.message({ id: 'm1', session: 'ses_1', time: NOW - 5 * DAY_MS });
  opencode.write('opencode.db', db.db.export());
});

function reopen(): Promise<Workspace> {
  const loadSqlJs = (): ReturnType<typeof initSqlJs> => Promise.resolve(SQL);
  return openWorkspace({ store: kept, loadSqlJs, now: () => NOW, newDeviceId: () => 'device', timeZone: 'UTC' });
}

function writeTranscript(folder: FixtureFolder, id: string): void {
  let lines = 0;
  const newId = (): string => `${id}-${(lines += 1)}`;
  const place = { sessionId: id, cwd: '/src/shop', newId, time: NOW - 3 * DAY_MS, parent: null };
  const said = [prompt(place, `Begin ${id}`), reply(place, `msg-${id}`, text('Done.'))];
  folder.write(`projects/-src-shop/${id}.jsonl`, jsonl(said), NOW - 3 * DAY_MS);
}

const read = (...folders: FixtureFolder[]): Promise<ImportOutcome> =>
  workspace.import(folders, { now: NOW, places: folders.map(({ path }) => path) });

const vanished = (id: string): number | null | undefined => workspace.session(id)?.vanished;

function source(path: string): SourceSummary | undefined {
  return workspace.overview().sources.find((each) => each.path === path);
}

describe('a session that is not in its source any more', () => {
  it('keeps its row, marked, when its place is read again', async () => {
    await read(claude);
    claude.remove(`projects/-src-shop/${FIRST}.jsonl`);
    await read(claude);
    expect([vanished(FIRST), vanished(SECOND)]).toEqual([NOW, null]);
    expect(source('.claude/projects')).toMatchObject({ gone: 1, vanished: null });
    expect(workspace.sessions({ mark: 'vanished' }).rows.map(({ sessionId }) => sessionId)).toEqual([FIRST]);
    workspace = await reopen();
    expect(vanished(FIRST)).toBe(NOW);
  });

  it('loses the mark when it comes back', async () => {
    await read(claude);
    claude.remove(`projects/-src-shop/${FIRST}.jsonl`);
    await read(claude);
    writeTranscript(claude, FIRST);
    await read(claude);
    expect(vanished(FIRST)).toBeNull();
    expect(source('.claude/projects')?.gone).toBe(0);
  });

  it('is marked by a scan for the catalog alone too', async () => {
    await workspace.ingest([claude], { places: ['.claude'] });
    claude.remove(`projects/-src-shop/${FIRST}.jsonl`);
    await workspace.ingest([claude], { places: ['.claude'] });
    expect(vanished(FIRST)).toBe(NOW);
  });

  it('is not marked by another folder of the same name', async () => {
    await read(claude);
    claude.remove(`projects/-src-shop/${FIRST}.jsonl`);
    await workspace.import([claude], { now: NOW });
    expect(vanished(FIRST)).toBeNull();
  });

  it('goes over to another source that has it', async () => {
    await read(claude);
    const copy = new FixtureFolder('copy');
    writeTranscript(copy, FIRST);
    claude.remove(`projects/-src-shop/${FIRST}.jsonl`);
    await read(claude);
    await read(copy);
    expect(vanished(FIRST)).toBeNull();
    await read(claude);
    expect(vanished(FIRST)).toBeNull();
  });
});

describe('a source that is not in its place any more', () => {
  it('is marked with all its sessions, which stay; other places are as they were', async () => {
    await read(claude, opencode);
    opencode.remove('opencode.db');
    opencode.write('opencode-beta.db', new FixtureStore(SQL).db.export());
    await read(opencode);
    expect(source('opencode/opencode.db')?.vanished).toBe(NOW);
    expect([vanished('ses_1'), vanished(FIRST)]).toEqual([NOW, null]);
    expect(workspace.sessions().total).toBe(3);
  });

  it('loses the mark when it comes back as it was', async () => {
    await read(opencode);
    await workspace.markVanished(['opencode']);
    expect(vanished('ses_1')).toBe(NOW);
    workspace = await reopen();
    expect(vanished('ses_1')).toBe(NOW);
    await read(opencode);
    expect(vanished('ses_1')).toBeNull();
  });

  it('is marked when nothing at all is left in its place', async () => {
    await read(opencode);
    opencode.remove('opencode.db');
    expect(await read(opencode)).toMatchObject({ ok: false, problems: [{ code: 'nothing-found' }] });
    expect(vanished('ses_1')).toBe(NOW);
  });

  it('is not marked when its place is only not read', async () => {
    await read(claude, opencode);
    await read(claude);
    expect(source('opencode/opencode.db')?.vanished).toBeNull();
  });

  it('is not marked when it can’t be read, or its folder can’t', async () => {
    await read(claude, opencode);
    opencode.write('opencode.db', 'nonsense '.repeat(1_000), 2);
    await read(claude, opencode);
    expect(source('opencode/opencode.db')?.vanished).toBeNull();
    opencode.locked = true;
    await read(claude, opencode);
    expect(source('opencode/opencode.db')?.vanished).toBeNull();
  });
});

describe('a forgotten source', () => {
  it('leaves its sessions in the catalog, unmarked, and they find it again', async () => {
    await read(claude);
    const forgotten = source('.claude/projects')?.store ?? '';
    await workspace.forgetSources([forgotten]);
    expect(workspace.overview().sources).toEqual([]);
    expect([workspace.sessions().total, vanished(FIRST)]).toEqual([2, null]);
    workspace = await reopen();
    expect(workspace.sessions().total).toBe(2);
    await read(claude);
    claude.remove(`projects/-src-shop/${FIRST}.jsonl`);
    await read(claude);
    expect([vanished(FIRST), vanished(SECOND)]).toEqual([NOW, null]);
  });
});

it('the nearest place leads to a path', () => {
  expect(placeOf('/home/ann/.claude/projects', ['/home/ann', '/home/ann/.claude/'])).toBe('/home/ann/.claude/');
  expect(placeOf('/home/anna', ['/home/ann'])).toBeNull();
});
