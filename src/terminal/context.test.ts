import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere, TestHome, TRANSCRIPT } from './fixture-cli.ts';

const DAY = Date.UTC(2026, 10, 20);
const PROJECT = '/home/nora/src/packlist';

let home: TestHome;

beforeAll(async () => {
  home = await TestHome.make();
  await home.addTranscript(DAY);
  await runHere('ingest', 'sessions', '--claude', home.claudeFolder, '--data-dir', home.stateFolder);
});

afterAll(async () => {
  await home.remove();
});

async function contextText(...options: readonly string[]): Promise<string> {
  const { code, out, err } = await runHere('context', '--data-dir', home.stateFolder, ...options);
  expect([code, err]).toEqual([0, '']);
  return out;
}

async function contextOf(...options: readonly string[]): Promise<unknown> {
  return JSON.parse(await contextText(...options)) as unknown;
}

function event(time: string, type: string) {
  return { time: `2026-11-20T${time}:00.000Z`, type, session_id: TRANSCRIPT, project_path: PROJECT };
}

const WHOLE = [
  event('08:00', 'started'),
  event('08:00', 'user_message'),
  event('08:10', 'tool_use'),
  event('09:10', 'user_message'),
  event('09:11', 'ended'),
];

describe('context', () => {
  test('is a document of sessions, events, gaps and projects', async () => {
    expect(await contextOf('--now', '2026-11-20T12:00:00Z')).toEqual({
      time_range: { start: '2026-11-19T12:00:00.000Z', end: '2026-11-20T12:00:00.000Z' },
      sessions: [
        {
          session_id: TRANSCRIPT,
          source: 'claude',
          parent_session_id: null,
          session_type: 'user',
          project_path: PROJECT,
          project_name: 'packlist',
          start_time: '2026-11-20T08:00:00.000Z',
          end_time: '2026-11-20T09:11:00.000Z',
          message_count: 4,
          assistant_message_count: 2,
          tool_call_count: 1,
          summary: '',
          starting_prompt: 'What do I take to the fjords?',
          user_prompts: ['What do I take to the fjords?', 'And for rain?'],
        },
      ],
      events: WHOLE,
      gaps: [{ start: '2026-11-20T08:10:00.000Z', end: '2026-11-20T09:10:00.000Z', duration_minutes: 60 }],
      projects: [{ project_path: PROJECT, project_name: 'packlist', sessions: 1, events: 5 }],
    });
  });

  test('is the same with --json', async () => {
    const options = ['--now', '2026-11-20T12:00:00Z'];
    expect(await contextText('--json', ...options)).toBe(await contextText(...options));
  });

  test('has what lies between --start and --end, both included, of sessions that go on outside', async () => {
    expect(await contextOf('--start', '2026-11-20T08:10:00Z', '--end', '2026-11-20T09:10:00Z')).toMatchObject({
      time_range: { start: '2026-11-20T08:10:00.000Z', end: '2026-11-20T09:10:00.000Z' },
      sessions: [{ session_id: TRANSCRIPT }],
      events: WHOLE.slice(2, 4),
      projects: [{ sessions: 1, events: 2 }],
    });
    expect(await contextOf('--start', '2026-11-20T10:00:00Z', '--end', '2026-11-20T11:00:00Z')).toMatchObject({
      sessions: [],
      events: [],
      gaps: [],
      projects: [],
    });
  });

  test('goes --days back from --end, else from now', async () => {
    const noon = { start: '2026-11-18T12:00:00.000Z', end: '2026-11-20T12:00:00.000Z' };
    expect(await contextOf('--days', '2', '--now', '2026-11-20T12:00:00Z')).toMatchObject({ time_range: noon });
    expect(await contextOf('--days', '2', '--end', '2026-11-20T12:00:00Z')).toMatchObject({ time_range: noon });
    expect(await contextOf('--start', noon.start, '--now', '2026-11-20T12:00:00Z')).toMatchObject({ time_range: noon });
    expect(await contextOf('--days', '0.125', '--now', '2026-11-20T11:10:00Z')).toMatchObject({
      time_range: { start: '2026-11-20T08:10:00.000Z' },
    });
  });

  test('counts silences longer than --gap-threshold as gaps', async () => {
    const gaps = (minutes: string) => contextOf('--now', '2026-11-20T12:00:00Z', '--gap-threshold', minutes);
    expect(await gaps('60')).toMatchObject({ gaps: [] });
    expect(await gaps('59.5')).toMatchObject({ gaps: [{ duration_minutes: 60 }] });
    expect(await gaps('5')).toMatchObject({ gaps: [{ duration_minutes: 10 }, { duration_minutes: 60 }] });
  });
});

test('before anything was scanned it is empty, and a hint says what to do', async () => {
  const state = join(home.path, 'nothing');
  const { code, out, err } = await runHere('context', '--data-dir', state, '--now', '2026-11-20T12:00:00Z');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ sessions: [], events: [], gaps: [], projects: [] });
  expect(err).toContain('dramatis ingest sessions');
  await rm(state, { recursive: true, force: true });
});
