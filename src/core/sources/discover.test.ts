import { describe, expect, it } from 'vitest';
import { problem, ProblemError } from '../model/problem.ts';
import type { SourceEntry, SourceFile } from './byte-source.ts';
import { MemoryTree } from './claude/fixture-folder.ts';
import { jsonl } from './claude/fixture-lines.ts';
import type { Discovered } from './discover.ts';
import { discover } from './discover.ts';
import { makeHistory } from './opencode-json/fixture-history.ts';
import { writeStorage } from './opencode-json/fixture.ts';
import { FixtureFolder } from './opencode-shared/fixture-folder.ts';

/** A file that only remembers that it was opened. */
function file(path: string, opened: string[] = []): SourceFile {
  const open = (): Promise<never> => {
    opened.push(path);
    return Promise.reject(new ProblemError(problem('file-unreadable', 'error', path, 'only a name')));
  };
  return { name: path.split('/').at(-1) ?? path, path, folderSeen: true, open };
}

function find(files: SourceFile[]): Promise<Discovered> {
  const loadSqlJs = (): Promise<never> => Promise.reject(new Error('names are enough'));
  return discover(files, { loadSqlJs }, new AbortController().signal);
}

/** The files that belong to each source found. */
async function groups(...paths: string[]): Promise<string[][]> {
  const opened: string[] = [];
  const { sources } = await find(paths.map((path) => file(path, opened)));
  expect(opened).toEqual([]);
  const found: string[][] = [];
  for (const source of sources) {
    await expect(source.open()).rejects.toThrow(ProblemError);
    found.push(opened.splice(0));
  }
  return found;
}

describe('what the chosen files are', () => {
  it('a database goes with the -wal of its name beside it', async () => {
    const found = await groups('opencode.db-wal', 'opencode.db', 'opencode.db-shm');
    expect(found.map((paths) => paths.toSorted())).toEqual([['opencode.db', 'opencode.db-wal']]);
  });

  it('several databases side by side keep their own', async () => {
    const paths = ['a/opencode.db', 'a/opencode-dev.db', 'a/opencode-dev.db-wal', 'b/opencode.db', 'b/opencode.db-wal'];
    expect((await groups(...paths)).map((found) => found.toSorted())).toEqual([
      ['a/opencode-dev.db', 'a/opencode-dev.db-wal'],
      ['a/opencode.db'],
      ['b/opencode.db', 'b/opencode.db-wal'],
    ]);
  });

  it('a -wal alone says which file it belongs to', async () => {
    const { sources, problems } = await find([file('opencode.db-wal')]);
    expect(sources).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['nothing-found']);
    expect(problems[0]?.message).toContain('Choose both files together');
  });

  it('a file of any name is tried as a database: renamed copies exist', async () => {
    expect(await groups('backup-of-tuesday')).toEqual([['backup-of-tuesday']]);
  });

  it('transcripts go together, exports each on its own', async () => {
    const { sources } = await find(['x/b.jsonl', 'x/a.jsonl', 'one.json', 'two.json'].map((path) => file(path)));
    expect(sources.map(({ store }) => store)).toEqual(['opencode:one.json', 'opencode:two.json', 'claude:x/a.jsonl']);
  });

  it('nothing is told as nothing', async () => {
    expect((await find([])).problems).toMatchObject([{ code: 'nothing-found' }]);
  });
});

describe('things of the same name chosen together', () => {
  it('are told apart, and each -wal stays with its database', async () => {
    const opened: string[] = [];
    const names = ['opencode.db', 'opencode.db-wal', 'opencode.db', 'opencode.db-wal'];
    const { sources } = await find(names.map((name) => file(name, opened)));
    expect(sources.map(({ path }) => path)).toEqual(['opencode.db', 'opencode.db (2)']);
    for (const source of sources) await expect(source.open()).rejects.toThrow(ProblemError);
    expect(opened).toEqual(['opencode.db-wal', 'opencode.db', 'opencode.db-wal', 'opencode.db']);
  });

  it('may be folders', async () => {
    const [mine, other] = [new FixtureFolder('opencode'), new FixtureFolder('opencode')];
    mine.write('opencode.db', '');
    other.write('opencode.db', '');
    const loadSqlJs = (): Promise<never> => Promise.reject(new Error('not now'));
    const { sources } = await discover([mine, other], { loadSqlJs }, new AbortController().signal);
    expect(sources.map(({ path }) => path)).toEqual(['opencode (2)/opencode.db', 'opencode/opencode.db']);
  });
});

describe('a source is found under the name it has when it is open', () => {
  const line = jsonl([{ type: 'custom-title', customTitle: 'A', sessionId: 'a' }]);
  const session = 'projects/-src/00000001-6b1f-4a53-9d0e-5d1f6a1c2b3d.jsonl';
  const storage = new FixtureFolder('share/opencode');
  writeStorage(storage, makeHistory({ seed: 'names', sessions: 2, messages: 2 }));
  const claude = (path: string): MemoryTree => new MemoryTree([[path, line]]);

  it.each<[string, SourceEntry]>([
    ['a .claude folder', claude(`.claude/${session}`).folder('.claude')],
    ['its projects', claude(`.claude/${session}`).folder('.claude/projects')],
    ['a folder above it', claude(`home/.claude/${session}`).folder('home')],
    ['a transcript', claude(session).file(session)],
    ['JSON sessions', storage],
  ])('%s', async (_, entry) => {
    const loadSqlJs = (): Promise<never> => Promise.reject(new Error('names are enough'));
    const { sources } = await discover([entry], { loadSqlJs }, new AbortController().signal);
    const open = await Promise.all(sources.map((found) => found.open()));
    expect(open.map(({ store }) => store)).toEqual(sources.map(({ store }) => store));
    expect(open).toHaveLength(1);
    for (const source of open) source.close();
  });
});
