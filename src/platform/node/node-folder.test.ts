import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SourceEntry, SourceFolder } from '../../core/sources/byte-source.ts';
import { isFolder } from '../../core/sources/byte-source.ts';
import { findInFolders } from '../../core/sources/find-in-folders.ts';
import { nodeEntries } from './node-entries.ts';
import { nodeFolder } from './node-folder.ts';

const signal = new AbortController().signal;
const DATA = '.local/share/opencode';

let home: string;

beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'dramatis-home-')));
});

afterEach(async () => {
  await rm(home, { recursive: true });
});

async function files(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(join(home, path, '..'), { recursive: true });
    await writeFile(join(home, path), path);
  }
}

function within({ path }: { readonly path: string }): string {
  return path.slice(home.length + 1);
}

async function entriesAt(...paths: readonly string[]): Promise<string[]> {
  return (await nodeEntries(paths.map((path) => join(home, path)))).map(within);
}

/** Everything below a folder, as a reader that follows every way would find it. */
async function everything(folder: SourceFolder): Promise<string[]> {
  const { files: here, folders } = await folder.list();
  const below = await Promise.all(folders.map(everything));
  return [...here.map(within), ...folders.map((each) => `${within(each)}/`), ...below.flat()].sort();
}

async function databasesIn(path: string): Promise<string[]> {
  const found = await findInFolders([nodeFolder(join(home, path))], signal);
  return found.files.map(within).sort();
}

async function textOf(entry: SourceEntry | undefined): Promise<string> {
  if (entry === undefined || isFolder(entry)) throw new Error('no file');
  const source = await entry.open();
  const text = new TextDecoder().decode(await source.read(0, 100));
  source.close();
  return text;
}

describe('a path given by a person', () => {
  test('may be a file: a database comes with its -wal', async () => {
    await files('old.db', 'old.db-wal', 'old.db-shm', 'plain.db', 'talk.jsonl');
    expect(await entriesAt('old.db', 'plain.db', 'talk.jsonl')).toEqual([
      'old.db',
      'old.db-wal',
      'plain.db',
      'talk.jsonl',
    ]);
  });

  test('may be a folder, which core looks into', async () => {
    await files(`${DATA}/opencode.db`, `${DATA}/opencode.db-wal`, `${DATA}/auth.json`, `${DATA}/opencode-beta.db`);
    const expected = [`${DATA}/opencode-beta.db`, `${DATA}/opencode.db`, `${DATA}/opencode.db-wal`];
    for (const path of [DATA, '.local/share', '.local', '.']) expect(await databasesIn(path)).toEqual(expected);
  });

  test('given twice, also by a link, is taken once', async () => {
    await files(`${DATA}/opencode.db`);
    await symlink(join(home, DATA), join(home, 'link'));
    expect(await entriesAt(DATA, 'link', `${DATA}/../opencode`)).toEqual([DATA]);
  });

  test('may be a link to a database: its -wal stands where the database is', async () => {
    await files('disk/real.db', 'disk/real.db-wal');
    await symlink(join(home, 'disk/real.db'), join(home, 'opencode.db'));
    const entries = await nodeEntries([join(home, 'opencode.db')]);
    expect(entries.map(within)).toEqual(['opencode.db', 'opencode.db-wal']);
    expect(await textOf(entries[1])).toBe('disk/real.db-wal');
  });

  test('that is not there is said to be so, in the words it was given', async () => {
    await expect(nodeEntries(['gone/away.db'])).rejects.toMatchObject({
      problem: { code: 'file-unreadable', message: 'There is no gone/away.db.' },
    });
  });
});

describe('a folder', () => {
  test('lists files and folders with forward slashes, and opens files only when asked', async () => {
    await files('a/one.json', 'a/b/two.json');
    const { files: here, folders } = await nodeFolder(join(home, 'a')).list();
    expect([here.map(within), folders.map(within)]).toEqual([['a/one.json'], ['a/b']]);
    expect(await textOf(here[0])).toBe('a/one.json');
  });

  test('with links in circles ends', async () => {
    await files('a/b/opencode.db', 'c/note.txt');
    await symlink(join(home, 'a'), join(home, 'a/b/back'));
    await symlink(join(home, 'c'), join(home, 'a/over'));
    await symlink(join(home, 'a'), join(home, 'c/again'));
    await symlink('itself', join(home, 'a/itself'));
    await symlink('.', join(home, 'a/here'));
    expect(await everything(nodeFolder(join(home, 'a')))).toEqual([
      'a/b/',
      'a/b/opencode.db',
      'a/itself',
      'a/over/',
      'a/over/note.txt',
    ]);
    expect(await databasesIn('a')).toEqual(['a/b/opencode.db']);
  });

  test('with a link to a database has its -wal too', async () => {
    await files('disk/real.db', 'disk/real.db-wal', 'data/other.txt');
    await symlink(join(home, 'disk/real.db'), join(home, 'data/opencode.db'));
    expect(await databasesIn('data')).toEqual(['data/opencode.db', 'data/opencode.db-wal']);
  });

  test.skipIf(process.platform === 'win32')('leaves out what is no file, and tells of a link to nothing', async () => {
    await symlink(join(home, 'gone.db'), join(home, 'opencode.db'));
    execFileSync('mkfifo', [join(home, 'pipe.db')]);
    await symlink(join(home, 'pipe.db'), join(home, 'opencode-pipe.db'));
    const { files: here } = await nodeFolder(home).list();
    expect(here.map(within)).toEqual(['opencode.db']);
    await expect(here[0]?.open()).rejects.toMatchObject({ problem: { code: 'file-unreadable' } });
    await expect(nodeEntries([join(home, 'pipe.db')])).rejects.toThrow('is neither a file nor a folder');
  });

  test('that is gone is told', async () => {
    const gone = nodeFolder(join(home, 'gone'));
    await expect(gone.list()).rejects.toMatchObject({ problem: { code: 'file-unreadable' } });
  });

  test.skipIf(process.getuid === undefined || process.getuid() === 0)('that is closed to us is told', async () => {
    await files('closed/opencode.db');
    await chmod(join(home, 'closed'), 0o000);
    const listing = nodeFolder(join(home, 'closed')).list();
    await expect(listing).rejects.toMatchObject({ problem: { code: 'file-unreadable' } });
    await chmod(join(home, 'closed'), 0o755);
  });
});
