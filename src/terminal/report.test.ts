import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runHere, TestHome } from './fixture-cli.ts';

const NOW = '2026-11-21T09:30:00Z';
const DAY = Date.UTC(2026, 10, 20);

let home: TestHome;

beforeEach(async () => {
  home = await TestHome.make();
  await home.addTranscript(DAY);
  await here('import', '--claude', home.claudeFolder);
});

afterEach(async () => {
  await home.remove();
});

function here(...argv: readonly string[]) {
  return runHere(...argv, '--data-dir', home.stateFolder, '--now', NOW);
}

const Report = v.object({
  time_range: v.object({ start: v.string(), end: v.string() }),
  days: v.array(v.record(v.string(), v.union([v.string(), v.number(), v.null()]))),
  totals: v.record(v.string(), v.number()),
});

async function report(...argv: readonly string[]) {
  const { code, out, err } = await here('report', '--zone', 'UTC', '--json', ...argv);
  expect([code, err]).toEqual([0, '']);
  return v.parse(Report, JSON.parse(out));
}

describe('report', () => {
  test('says own time and agent time of each day and project, and what they come to', async () => {
    const { days, totals } = await report();
    expect(days).toEqual([
      {
        date: '2026-11-20',
        project_path: '/home/nora/src/packlist',
        own_minutes: 10,
        agent_minutes: 11,
        agent_wall_minutes: 11,
        sessions: 1,
      },
    ]);
    expect(totals).toEqual({ own_minutes: 10, agent_minutes: 11, agent_wall_minutes: 11, sessions: 1, prompts: 2 });
  });

  test('takes whole days: today alone, the week from Monday on, or what is said', async () => {
    expect((await report('--days', '1')).time_range).toEqual({
      start: '2026-11-21T00:00:00.000Z',
      end: '2026-11-21T09:30:00.000Z',
    });
    expect((await report('--week')).time_range.start).toBe('2026-11-16T00:00:00.000Z');
    const said = await report('--start', '2026-11-20', '--end', '2026-11-20');
    expect(said.time_range).toEqual({ start: '2026-11-20T00:00:00.000Z', end: '2026-11-21T00:00:00.000Z' });
    expect(said.totals['agent_minutes']).toBe(11);
    expect((await report('--days', '1')).days).toEqual([]);
  });

  test('counts days of the zone it is given', async () => {
    const { days } = await report('--zone', 'Pacific/Kiritimati');
    expect(days.map(({ date }) => date)).toEqual(['2026-11-20']);
    const late = await report('--zone', 'Pacific/Honolulu');
    expect(late.days.map(({ date }) => date)).toEqual(['2026-11-19']);
  });

  test('follows the window of own time', async () => {
    expect((await report('--window', '1')).totals['own_minutes']).toBe(2);
    expect((await report('--window', '10')).totals['own_minutes']).toBe(20);
  });

  test('prints a table in which own time is an estimate, or CSV', async () => {
    const text = await here('report', '--zone', 'UTC');
    expect(text.out).toMatch(/own \(est\.\) +agents/);
    expect(text.out).toContain('in all');
    expect(text.out).toContain('Own time is estimated from 2 prompts, 5 min each at most.');
    const csv = await here('report', '--zone', 'UTC', '--csv', '--by', 'day');
    expect(csv.out).toBe(
      'date,project_path,own_minutes,agent_minutes,agent_wall_minutes,sessions\r\n2026-11-20,,10,11,11,1\r\n',
    );
  });

  test.each([
    [['--days', '0'], '--days is "0"'],
    [['--days', '1', '--week'], '--days and --week can not be given together'],
    [['--window', '7'], '--window is "7"'],
    [['--by', 'mood'], '--by is "mood"'],
    [['--start', '2026-11-22'], 'The report ends before it begins'],
    [['--csv', '--json'], '--csv and --json can not be given together'],
  ])('called with %j is refused with a word', async (argv, words) => {
    const { code, out, err } = await here('report', '--zone', 'UTC', ...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });

  test('of a zone nobody knows ends with 1', async () => {
    const { code, err } = await here('report', '--zone', 'Mars/Olympus');
    expect(code).toBe(1);
    expect(err).toContain('There is no time zone "Mars/Olympus"');
  });
});
