import { describe, expect, it } from 'vitest';
import type { SourceFile } from './byte-source.ts';
import { discover } from './discover.ts';

function file(path: string): SourceFile {
  const open = (): never => {
    throw new Error(`${path} was opened, though its name is enough`);
  };
  return { name: path.split('/').at(-1) ?? path, path, size: 1, folderSeen: true, open };
}

const pairs = (...paths: string[]): [string, string | null][] =>
  discover(paths.map(file)).databases.map(({ db, wal }) => [db.path, wal?.path ?? null]);

describe('what the chosen files are', () => {
  it('a database goes with the -wal of its name beside it', () => {
    expect(pairs('opencode.db-wal', 'opencode.db', 'opencode.db-shm')).toEqual([['opencode.db', 'opencode.db-wal']]);
  });

  it('several databases side by side keep their own', () => {
    expect(
      pairs('a/opencode.db', 'a/opencode-dev.db', 'a/opencode-dev.db-wal', 'b/opencode.db', 'b/opencode.db-wal'),
    ).toEqual([
      ['a/opencode-dev.db', 'a/opencode-dev.db-wal'],
      ['a/opencode.db', null],
      ['b/opencode.db', 'b/opencode.db-wal'],
    ]);
  });

  it('a -wal alone says which file it belongs to', () => {
    const { databases, problems } = discover([file('opencode.db-wal')]);
    expect(databases).toEqual([]);
    expect(problems).toMatchObject([
      { code: 'nothing-found', message: expect.stringContaining('Choose both files together') },
    ]);
  });

  it('a file of any name is tried as a database: renamed copies exist', () => {
    expect(pairs('backup-of-tuesday')).toEqual([['backup-of-tuesday', null]]);
  });

  it('session files of other kinds are told apart from nothing', () => {
    expect(discover([file('a.jsonl')]).problems[0]?.message).toContain('Claude Code');
    expect(discover([]).problems).toMatchObject([{ code: 'nothing-found' }]);
  });
});
