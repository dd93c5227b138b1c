import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultOpencodePlace, opencodeFiles, opencodeFilesAt } from './opencode-place.ts';
import { stateDir } from './state-dir.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'dramatis-home-'));
});

afterEach(async () => {
  await rm(home, { recursive: true });
});

async function files(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(join(home, path, '..'), { recursive: true });
    await writeFile(join(home, path), '');
  }
}

async function found(path: string): Promise<string[]> {
  return (await opencodeFiles(join(home, path))).map((file) => relative(home, file.path));
}

const DATA = '.local/share/opencode';

describe('a path given by a person', () => {
  test('may be a database of any name; its -wal comes with it', async () => {
    await files('old.db', 'old.db-wal', 'opencode.db');
    expect(await found('old.db')).toEqual(['old.db', 'old.db-wal']);
  });

  test('may be the data folder, the one above, or a home folder', async () => {
    await files(`${DATA}/opencode.db`, `${DATA}/opencode.db-wal`, `${DATA}/opencode.db-shm`, `${DATA}/auth.json`);
    const expected = [`${DATA}/opencode.db`, `${DATA}/opencode.db-wal`];
    for (const path of [DATA, '.local/share', '.local', '.']) expect(await found(path)).toEqual(expected);
  });

  test('gives the database of every channel', async () => {
    await files(`${DATA}/opencode.db`, `${DATA}/opencode-beta.db`, `${DATA}/opencode-beta.db-wal`, `${DATA}/other.db`);
    expect(await found(DATA)).toEqual([
      `${DATA}/opencode-beta.db`,
      `${DATA}/opencode-beta.db-wal`,
      `${DATA}/opencode.db`,
    ]);
  });

  test('may be a folder of copies with databases further down, but not without end', async () => {
    await files('copies/2025/opencode.db', 'copies/2026/may/opencode.db', 'copies/node_modules/opencode.db');
    await files('copies/a/b/c/d/e/opencode.db');
    expect(await found('copies')).toEqual(['copies/2025/opencode.db', 'copies/2026/may/opencode.db']);
  });

  test('may hold links in circles', async () => {
    await files('copies/2025/opencode.db');
    await symlink(join(home, 'copies'), join(home, 'copies/2025/back'));
    expect(await found('copies')).toEqual(['copies/2025/opencode.db']);
  });

  test('that is not there, or holds no database, is said to be so', async () => {
    await files('empty/readme.txt');
    await expect(opencodeFiles(join(home, 'gone'))).rejects.toMatchObject({ problem: { code: 'file-unreadable' } });
    await expect(opencodeFiles(join(home, 'empty'))).rejects.toMatchObject({ problem: { code: 'nothing-found' } });
  });

  test('given twice gives its files once', async () => {
    await files(`${DATA}/opencode.db`);
    await symlink(join(home, DATA), join(home, 'link'));
    const both = await opencodeFilesAt([join(home, DATA), join(home, 'link'), home]);
    expect(both.map((file) => relative(home, file.path))).toEqual([`${DATA}/opencode.db`]);
  });
});

test("OpenCode's own place is where OpenCode looks itself", () => {
  expect(defaultOpencodePlace({}, '/home/nora')).toBe('/home/nora/.local/share/opencode');
  expect(defaultOpencodePlace({ XDG_DATA_HOME: '/data' }, '/home/nora')).toBe('/data/opencode');
  expect(defaultOpencodePlace({ XDG_DATA_HOME: 'not/absolute' }, '/home/nora')).toBe(
    '/home/nora/.local/share/opencode',
  );
  expect(defaultOpencodePlace({ OPENCODE_DB: '/x/my.db' }, '/home/nora')).toBe('/x/my.db');
  expect(defaultOpencodePlace({ OPENCODE_DB: 'my.db' }, '/home/nora')).toBe('/home/nora/.local/share/opencode/my.db');
});

test('the state stands in --data-dir, else in $XDG_DATA_HOME, else under the home folder', () => {
  expect(stateDir('/tmp/state', { XDG_DATA_HOME: '/data' }, '/home/nora')).toBe('/tmp/state');
  expect(stateDir(null, { XDG_DATA_HOME: '/data' }, '/home/nora')).toBe('/data/dramatis');
  expect(stateDir(null, {}, '/home/nora')).toBe('/home/nora/.local/share/dramatis');
});
