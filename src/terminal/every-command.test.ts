import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere, TestHome, TRANSCRIPT } from './fixture-cli.ts';

/**
 * Every command: how it is called so that it does its work and prints one document. Those without are not over when they have printed:
 * they have tests of their own.
 */
const COMMANDS: Readonly<Record<string, readonly string[] | null>> = {
  import: [],
  extract: [],
  ceremony: [],
  'ingest sessions': [],
  sessions: ['--source', 'claude'],
  context: ['--days', '2'],
  report: ['--days', '2'],
  show: [TRANSCRIPT],
  personas: [],
  timeline: ['claude:main'],
  memory: ['fjords'],
  search: ['fjords'],
  state: [],
  sync: ['--off'],
  tui: null,
  mcp: null,
  serve: null,
};

const NOW = Date.UTC(2026, 10, 21, 9, 30);
const names = Object.keys(COMMANDS);

describe('every command', () => {
  let home: TestHome;
  /** A state folder that a later version wrote. */
  let later: string;

  beforeAll(async () => {
    home = await TestHome.make();
    await home.addTranscript(Date.UTC(2026, 10, 20));
    later = join(home.path, 'later');
    await mkdir(later);
    await writeFile(join(later, 'manifest.json'), JSON.stringify({ format: 99 }));
  });

  afterAll(() => home.remove());

  const call = (name: string, words: readonly string[], state = home.stateFolder) =>
    runHere(...name.split(' '), ...words, '--data-dir', state, '--claude', home.claudeFolder);

  test('is in the help, and no other is', async () => {
    const { out } = await runHere('--help');
    const listed = [...out.matchAll(/^ {2}([a-z]+(?: [a-z]+)?)(?= )/gm)].flatMap(([, name]) => name ?? []);
    expect(listed.toSorted()).toEqual(names.toSorted());
  });

  test.each(names)('%s --help says what it does and takes', async (name) => {
    const { code, out, err } = await call(name, ['--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(new RegExp(`^Usage: dramatis ${name}`));
    expect(out).toContain('--json');
  });

  test.each(names)('%s with an option that is none ends with 2', async (name) => {
    const { code, out, err } = await call(name, ['--colour', 'red']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('There is no option --colour.');
  });

  const working = Object.entries(COMMANDS).flatMap(([name, words]) => (words === null ? [] : [{ name, words }]));

  // in the order of the list: what one has written the next ones read
  test.each(working)('$name --json prints one document, and nothing else on stdout', async ({ name, words }) => {
    const { code, out } = await call(name, [...words, '--json', '--now', new Date(NOW).toISOString()]);
    expect(code).toBe(0);
    expect(() => JSON.parse(out) as unknown).not.toThrow();
  });

  test.each(working)(
    '$name ends with 1 where what is kept is of a later version, and says so',
    async ({ name, words }) => {
      const { code, out, err } = await call(name, words, later);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('later version');
    },
  );
});
