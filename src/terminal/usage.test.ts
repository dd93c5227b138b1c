import { describe, expect, test } from 'vitest';
import { runHere as run } from './fixture-cli.ts';

const COMMANDS = [
  'tui',
  'import',
  'extract',
  'ceremony',
  'ingest sessions',
  'sessions',
  'context',
  'show',
  'personas',
  'timeline',
  'memory',
  'search',
  'state',
  'mcp',
];

describe('called wrongly, a command ends with 2, prints nothing to stdout and says what is wrong', () => {
  test.each([
    [['perform'], 'no command "perform"'],
    [['--json', 'sessions'], 'A command comes first, not --json.'],
    [['sessions', '--sinse', '2026-01-01'], 'no option --sinse'],
    [['sessions', '-x'], 'no option -x'],
    [['sessions', '--since'], '--since needs a value.'],
    [['sessions', '--since', '--json'], '--since needs a value.'],
    [['sessions', '--since='], '--since needs a value.'],
    [['sessions', '--since', 'yesterday'], '--since is "yesterday"'],
    [['sessions', '--since', '2026-02-30'], '--since is "2026-02-30"'],
    [['sessions', '--until', '2026-11-21T25:00'], '--until is "2026-11-21T25:00"'],
    [['sessions', '--source', 'vim'], '--source is "vim"'],
    [['sessions', 'extra'], '"extra" is more than this command takes.'],
    [['import', '--now', '0'], '--now is "0"'],
    [['import', '--json=yes'], '--json'],
    [['show'], 'SESSION is missing.'],
    [['timeline'], 'PERSONA is missing.'],
    [['search'], 'QUERY is missing.'],
    [['search', ' '], 'QUERY holds nothing to look for.'],
    [['search', 'a', '--tool', 'vim'], '--tool is "vim"'],
    [['search', 'a', '--since', 'soon'], '--since is "soon"'],
    [['ingest'], 'The command is: ingest sessions.'],
    [['ingest', 'messages'], 'The command is: ingest sessions.'],
    [['ingest', 'sessions', 'extra'], '"extra" is more than this command takes.'],
    [['context', '--days', 'two'], '--days is "two". It must be a number.'],
    [['context', '--days', '-1'], '--days'],
    [['context', '--days', '99999999999'], 'too far back'],
    [['context', '--gap-threshold', '30m'], '--gap-threshold is "30m"'],
    [['context', '--days', '2', '--start', '2026-01-01'], '--days and --start'],
    [['context', '--start', '2026-01-02', '--end', '2026-01-01'], 'ends before it begins'],
    [['context', '--start', 'monday'], '--start is "monday"'],
    [['import', '--claude'], '--claude needs a value.'],
    [['timeline', 'a', 'b'], '"b" is more than this command takes.'],
  ])('%j', async (argv, words) => {
    const { code, out, err } = await run(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
    expect(err).toMatch(/Help: dramatis .*--help\n$/);
  });
});

test('an unknown command is told the known ones', async () => {
  const { err } = await run('perform');
  for (const command of COMMANDS) expect(err).toContain(command);
});

test('help lists the commands, and each has its own', async () => {
  const program = await run('--help');
  expect(program.code).toBe(0);
  for (const command of COMMANDS) {
    expect(program.out).toContain(command);
    const own = await run(...command.split(' '), '--help');
    expect([own.code, own.err]).toEqual([0, '']);
    for (const option of ['--json', '--data-dir DIR', '--opencode PATH', '--claude PATH', '--now ISO'])
      expect(own.out).toContain(option);
  }
});

test('of a command of two words the first is enough to ask for help', async () => {
  expect(await run('ingest', '--help')).toEqual(await run('ingest', 'sessions', '--help'));
});

test('without a command it shows its help', async () => {
  expect(await run()).toEqual(await run('--help'));
});
