import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleSessions } from '../core/sources/opencode-db/sample.ts';
import { runHere, TestHome, TRANSCRIPT } from './fixture-cli.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 30);
const DAY = Date.UTC(2026, 10, 20);

let home: TestHome;

beforeEach(async () => {
  home = await TestHome.make();
  await home.addSample(NOW);
  await home.addTranscript(DAY);
});

afterEach(async () => {
  await home.remove();
});

/** In this process, with the places said: its own environment is not the home folder's. */
function here(...argv: readonly string[]) {
  return runHere(...argv, '--data-dir', home.stateFolder);
}

async function json(...argv: readonly string[]): Promise<unknown> {
  const { code, out, err } = await here(...argv, '--json');
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as unknown;
}

const both = () => ['--opencode', home.dataFolder, '--claude', home.claudeFolder];

describe('ingest sessions', () => {
  test("scans both tools' own places and says for each what it found", async () => {
    const { code, out, err } = await home.run('ingest', 'sessions');
    expect(code).toBe(0);
    expect(err.trimEnd().split('\n')).toEqual([
      `Scanning OpenCode in ${home.dataFolder}`,
      `Scanning Claude Code in ${home.claudeFolder}`,
    ]);
    const found = /^Scanned OpenCode: found (\d+) sessions$/m.exec(out)?.[1] ?? '';
    expect(Number(found)).toBeGreaterThanOrEqual(sampleSessions().length);
    expect(out).toContain('Scanned Claude Code: found 1 session\n');
    expect(out).toMatch(new RegExp(`^Indexed ${Number(found) + 1} sessions and [\\d,]+ events$`, 'm'));
  });

  test('a second time gives the same numbers, and says nothing else to a program', async () => {
    const first = await json('ingest', 'sessions', ...both());
    expect(first).toMatchObject({ claude: 1 });
    expect(await json('ingest', 'sessions', ...both())).toEqual(first);
  });

  test('leaves personas to the import that follows', async () => {
    await json('ingest', 'sessions', ...both());
    const listed = await json('sessions');
    expect((await here('personas')).err).toContain('dramatis import');
    expect(await json('import', ...both())).toMatchObject({ unchanged: false });
    expect(await json('personas')).toContainEqual(expect.objectContaining({ id: 'claude:main', messages_kept: 3 }));
    expect(await json('sessions')).toEqual(listed);
    expect(await json('import', ...both())).toMatchObject({ unchanged: true });
  });
});

describe('after a scan', () => {
  test('show finds a session where it was scanned, though nothing says where that is', async () => {
    const other = await TestHome.make();
    const place = ['--claude', home.claudeFolder];
    await other.run('ingest', 'sessions', ...place);
    const { code, out } = await other.run('show', TRANSCRIPT, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ session: { session_id: TRANSCRIPT } });
    const { out: imported } = await other.run('import', ...place, '--json');
    expect(JSON.parse(imported)).toMatchObject({ unchanged: false, sources: [{ sessions: { new: 1 } }] });
    await other.remove();
  });

  test('of several places one with nothing in it is named', async () => {
    const empty = join(home.path, 'empty');
    await mkdir(empty);
    const { code, err } = await here('ingest', 'sessions', '--claude', home.claudeFolder, '--opencode', empty);
    expect(code).toBe(0);
    expect(err).toContain(`warning: There are no sessions in ${empty}.`);
  });
});

describe('the places to look in', () => {
  test('are those of one tool when only its option is given', async () => {
    expect(await json('ingest', 'sessions', '--claude', home.claudeFolder)).toMatchObject({ claude: 1, opencode: 0 });
    const { out } = await here('ingest', 'sessions', '--claude', home.claudeFolder);
    expect(out).not.toContain('OpenCode');
  });

  test('may be of the other tool than the option says: what is there decides', async () => {
    const crossed = await json('ingest', 'sessions', '--claude', home.dataFolder, '--opencode', home.claudeFolder);
    expect(crossed).toEqual(await json('ingest', 'sessions', ...both()));
  });

  test('may be a home folder, with the sessions of both', async () => {
    const all = await json('ingest', 'sessions', ...both());
    expect(await json('ingest', 'sessions', '--opencode', home.path)).toEqual(all);
  });

  test('may be several, and files', async () => {
    const file = join(home.claudeFolder, 'projects', '-home-nora-src-packlist', `${TRANSCRIPT}.jsonl`);
    const database = join(home.dataFolder, 'opencode.db');
    const all = await json('ingest', 'sessions', ...both());
    expect(await json('ingest', 'sessions', '--opencode', database, '--claude', file, '--claude', file)).toEqual(all);
  });

  test('may hold links in circles', async () => {
    await symlink(home.claudeFolder, join(home.claudeFolder, 'projects', 'back'));
    await symlink(home.path, join(home.claudeFolder, 'projects', '-home-nora-src-packlist', 'subagents'));
    expect(await json('ingest', 'sessions', '--claude', home.claudeFolder)).toMatchObject({ claude: 1 });
  });

  test('are one alone when the other tool was never used', async () => {
    const other = await TestHome.make();
    await other.addTranscript(DAY);
    expect(await other.json('ingest', 'sessions')).toMatchObject({ claude: 1, opencode: 0 });
    await other.remove();
  });

  test('that are not there, or hold nothing, are said to be so', async () => {
    const gone = await here('ingest', 'sessions', '--claude', join(home.path, 'gone'));
    expect(gone).toEqual({ code: 1, out: '', err: `There is no ${join(home.path, 'gone')}.\n` });
    await mkdir(join(home.path, 'notes'));
    await writeFile(join(home.path, 'notes', 'readme.txt'), 'nothing of ours');
    const empty = await here('ingest', 'sessions', '--opencode', join(home.path, 'notes'));
    expect([empty.code, empty.out]).toEqual([1, '']);
    expect(empty.err).toContain('There are no sessions in what was chosen.');
  });

  test('are named, with the options, when neither tool has been here', async () => {
    const other = await TestHome.make();
    for (const command of [['import'], ['ingest', 'sessions']]) {
      const { code, out, err } = await other.run(...command);
      expect([code, out]).toEqual([1, '']);
      for (const words of [other.dataFolder, other.claudeFolder, '--opencode PATH', '--claude PATH'])
        expect(err).toContain(words);
    }
    await other.remove();
  });
});

describe('sessions and show, of both tools', () => {
  test('sessions can be narrowed by tool, project and time', async () => {
    await json('ingest', 'sessions', ...both());
    const claude = [expect.objectContaining({ session_id: TRANSCRIPT, source: 'claude' })];
    expect(await json('sessions', '--source', 'claude')).toEqual(claude);
    expect(await json('sessions', '--source', 'opencode', '--project', 'packlist')).not.toEqual([]);
    expect(await json('sessions', '--source', 'claude', '--project', 'packlist')).toEqual(claude);
    expect(await json('sessions', '--source', 'claude', '--project', 'trailhead')).toEqual([]);
    expect(await json('sessions', '--source', 'claude', '--until', '2026-11-20T07:59:59Z')).toEqual([]);
    expect(await json('sessions', '--source', 'claude', '--since', '2026-11-20T09:00:00Z')).toEqual(claude);
    expect(await json('sessions', '--source', 'claude', '--since', '2026-11-20T09:11:01Z')).toEqual([]);
  });

  test('show reads a session of Claude Code from its file', async () => {
    const texts = ['What do I take to the fjords?', '', 'And for rain?', 'A coat.'];
    const shown = { session: { session_id: TRANSCRIPT }, messages: texts.map((text) => ({ text })) };
    expect(await json('show', TRANSCRIPT, ...both())).toMatchObject(shown);
    const { out } = await here('show', TRANSCRIPT, '--claude', home.claudeFolder);
    expect(out).toContain('main  2026-11-20');
    expect(out).toContain('A coat.');
  });
});
