import { describe, expect, it } from 'vitest';
import { ProblemError, problem } from '../model/problem.ts';
import { discover } from './discover.ts';
import { findInFolders } from './find-in-folders.ts';
import { makeHistory } from './opencode-json/fixture-history.ts';
import { writeOldProjects, writeStorage } from './opencode-json/fixture.ts';
import { exportText } from './opencode-export/fixture.ts';
import { FixtureFolder } from './opencode-shared/fixture-folder.ts';

const never = new AbortController().signal;
const history = makeHistory({ seed: 'find', sessions: 2, messages: 2 });
const [session] = history;
if (session === undefined) throw new Error('there must be a session');
const EXPORT = exportText(session);
const DATABASE = new TextEncoder().encode(`SQLite format 3\0${' '.repeat(90)}CREATE TABLE \`session\` (id text)`);
const OTHER_DATABASE = new TextEncoder().encode(`SQLite format 3\0${' '.repeat(90)}CREATE TABLE cookies (id text)`);
const TRANSCRIPT = '11111111-1111-4111-8111-111111111111.jsonl';

/** What is found in a folder, by path. */
async function foundIn(...folders: FixtureFolder[]): Promise<string[]> {
  const found = await findInFolders(folders, never);
  return [...found.files, ...found.opencodeJson, ...found.claude].map(({ path }) => path).sort();
}

describe('a chosen folder', () => {
  it('may be the data folder: databases of all channels, JSON of both ages, exports beside them', async () => {
    const data = new FixtureFolder('opencode');
    for (const name of ['opencode.db', 'opencode.db-wal', 'opencode-beta.db']) data.write(name, DATABASE);
    writeStorage(data, history);
    writeOldProjects(data, history);
    data.write('exports/one.json', EXPORT);
    expect(await foundIn(data)).toEqual(
      ['', '/exports/one.json', '/opencode-beta.db', '/opencode.db', '/opencode.db-wal'].map((end) => `opencode${end}`),
    );
  });

  it.each(['opencode', 'share/opencode', '.local/share/opencode', 'backup/2026/monday/opencode'])(
    'may be one above it: %s',
    async (place) => {
      const root = new FixtureFolder('root');
      root.write(`${place}/opencode.db`, DATABASE);
      expect(await foundIn(root)).toEqual([`root/${place}/opencode.db`]);
    },
  );

  it('may be a home folder with both tools, which is not looked through', async () => {
    const home = new FixtureFolder('nora');
    home.write('.local/share/opencode/opencode.db', DATABASE);
    home.write(`.claude/projects/-src/${TRANSCRIPT}`, '');
    home.write('Documents/letter.json', EXPORT);
    expect(await foundIn(home)).toEqual(['nora/.claude', 'nora/.local/share/opencode/opencode.db']);
    expect(home.asked.lists.some((path) => path.startsWith('nora/Documents'))).toBe(false);
  });

  it.each(['storage', 'project', 'project/home-nora-src'])('may be %s', async (part) => {
    const data = new FixtureFolder('opencode');
    writeStorage(data, history);
    writeOldProjects(data, history);
    const chosen = part.split('/').reduce<FixtureFolder>((folder, name) => {
      return folder.folders.get(name) ?? [...folder.folders.values()][0] ?? folder;
    }, data);
    expect(await foundIn(chosen)).toEqual([chosen.path]);
  });

  it('may be written in other case, as copies through other systems are', async () => {
    const root = new FixtureFolder('Backup');
    root.write('Share/OpenCode/OPENCODE.DB', DATABASE);
    expect(await foundIn(root)).toEqual(['Backup/Share/OpenCode/OPENCODE.DB']);
  });

  it('may be a mix with other files: databases under other names and exports are known by what is in them', async () => {
    const root = new FixtureFolder('desk');
    root.write('tuesday.sqlite', DATABASE);
    root.write('tuesday.sqlite-wal', 'log');
    root.write('browser.db', OTHER_DATABASE);
    root.write('notes.db', 'no database at all');
    root.write('old/deep/one.json', `Exporting session…\n${EXPORT}`);
    root.write('package.json', '{"name": "shop", "info": {}}');
    root.write(`transcripts/${TRANSCRIPT}`, '');
    expect(await foundIn(root)).toEqual([
      'desk',
      'desk/old/deep/one.json',
      'desk/tuesday.sqlite',
      'desk/tuesday.sqlite-wal',
    ]);
  });
});

describe('what may hold secrets', () => {
  it('is never opened and never listed', async () => {
    const home = new FixtureFolder('nora');
    const secrets = [
      'auth.json',
      'mcp-auth.json',
      '.credentials.json',
      'credentials.db',
      '.claude.json',
      '.env',
      'api-token.json',
      'client_secret_1.json',
      'Login Data.db',
      '.ssh/id_ed25519.json',
      '.aws/sso.json',
      '.gnupg/keys.db',
    ];
    for (const name of secrets) {
      home.write(name, EXPORT);
      home.write(`.local/share/opencode/${name}`, EXPORT);
      home.write(`.claude/${name}`, EXPORT);
    }
    home.write('.local/share/opencode/opencode.db', DATABASE);
    const { sources } = await discover([home], { loadSqlJs: () => Promise.reject(new Error('not now')) }, never);
    expect(sources.map(({ path }) => path)).toEqual(['nora/.local/share/opencode/opencode.db']);
    expect(home.asked.opened).toEqual([]);
    const other = new FixtureFolder('desk');
    for (const name of secrets) other.write(`some/${name}`, EXPORT);
    expect(await foundIn(other)).toEqual([]);
    expect(other.asked.opened).toEqual([]);
    expect(other.asked.lists.filter((path) => /ssh|aws|gnupg/.test(path))).toEqual([]);
  });

  it('is not opened when it is chosen itself, and that is told', async () => {
    const file = new FixtureFolder('opencode').write('auth.json', EXPORT);
    const { sources, problems } = await discover([file], { loadSqlJs: () => Promise.reject(new Error('no')) }, never);
    expect([sources, problems.map(({ code, file: path }) => [code, path])]).toEqual([
      [],
      [['unsupported-file', 'opencode/auth.json']],
    ]);
  });
});

describe('a search', () => {
  const wide = { depth: 3, folders: 20, time: 10_000 };

  it('ends at its bounds, and says so', async () => {
    const broad = new FixtureFolder('broad');
    for (let i = 0; i < 50; i++) broad.write(`f${i}/x.txt`, '');
    const deep = new FixtureFolder('deep');
    deep.write('a/b/c/d/e/opencode.db', DATABASE);
    const slow = new FixtureFolder('slow');
    slow.write('a/b/x.txt', '');
    const ends = async (folder: FixtureFolder, bounds = wide): Promise<unknown> => {
      const { problems, empty } = await findInFolders([folder], never, bounds);
      return [problems.map(({ code, severity, message }) => [code, severity, message]), empty.length];
    };
    const told = (where: string): unknown => [
      [['search-stopped', 'warning', expect.stringContaining(`ended after ${where}.`)]],
      1,
    ];
    expect(await ends(broad)).toEqual(told('20 folders'));
    expect(broad.asked.lists.length).toBeLessThan(200);
    expect(await ends(deep)).toEqual(told('3 levels'));
    expect(await ends(slow, { ...wide, time: -1 })).toEqual(told('-0.001 seconds'));
  });

  it('opens no more than so many files', async () => {
    const root = new FixtureFolder('desk');
    for (let i = 0; i < 2_000; i++) root.write(`data-${i}.json`, '{}');
    const { problems } = await findInFolders([root], never);
    expect(root.asked.opened).toHaveLength(500);
    expect(problems.map(({ code }) => code)).toEqual(['search-stopped']);
  });

  it('ends when it is cancelled', async () => {
    const root = new FixtureFolder('desk');
    root.write('a/b/c.txt', '');
    await expect(findInFolders([root], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  it('goes on beside what can’t be listed, and tells it', async () => {
    const root = new FixtureFolder('desk');
    root.folder('locked').locked = true;
    root.write('open/opencode.db', DATABASE);
    const { files, problems } = await findInFolders([root], never);
    expect(files.map(({ path }) => path)).toEqual(['desk/open/opencode.db']);
    expect(problems).toMatchObject([{ code: 'file-unreadable', file: 'desk/locked' }]);
  });

  it('tells what could not be seen of a folder when it was chosen', async () => {
    const cut = problem('search-stopped', 'warning', 'desk', 'Too much.');
    const root = { name: 'desk', path: 'desk', problems: [cut], list: () => Promise.reject(new ProblemError(cut)) };
    expect((await findInFolders([root], never)).problems).toEqual([cut]);
  });
});

it('of several places one with nothing in it is named', async () => {
  const [full, empty] = [new FixtureFolder('full'), new FixtureFolder('empty')];
  full.write('opencode.db', DATABASE);
  const { sources, problems } = await discover([full, empty], { loadSqlJs: () => Promise.reject(new Error()) }, never);
  expect(sources).toHaveLength(1);
  expect(problems).toMatchObject([{ code: 'nothing-found', severity: 'warning', file: 'empty' }]);
});
