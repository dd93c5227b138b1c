import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runHere, TestHome, TRANSCRIPT } from './fixture-cli.ts';

const DAY = Date.UTC(2026, 10, 20);
/** Twenty-seven days after the last words, which were at 09:11. */
const LATER = '2026-12-17T09:11:00Z';
const SWEPT = '2026-12-20T09:11:00.000Z';

const OTHER = '1c0d8a0f-7c20-4b64-8e1f-6e207b2d3c4e';

let home: TestHome;

beforeEach(async () => {
  home = await TestHome.make();
  await home.addTranscript(DAY);
});

afterEach(async () => {
  await home.remove();
});

function here(...argv: readonly string[]) {
  return runHere(...argv, '--data-dir', home.stateFolder);
}

const ingest = (now: string) => here('ingest', 'sessions', '--claude', home.claudeFolder, '--now', now);

async function listed(now: string): Promise<unknown> {
  return JSON.parse((await here('sessions', '--json', '--now', now)).out) as unknown;
}

test('a transcript that Claude Code will delete within five days is pointed out', async () => {
  const { err } = await ingest(LATER);
  expect(err).toContain('1 session of Claude Code will be deleted by it soon, the first on 2026-12-20.');
  expect(await listed(LATER)).toMatchObject([{ session_id: TRANSCRIPT, sweep_at: SWEPT, vanished_at: null }]);
  expect((await here('sessions', '--now', LATER)).out).toContain('(deleted by Claude Code on 2026-12-20)');
});

test('one that is safe for longer is not', async () => {
  expect((await ingest('2026-11-21T00:00:00Z')).err).not.toContain('deleted');
  expect(await listed('2026-11-21T00:00:00Z')).toMatchObject([{ sweep_at: null }]);
});

for (const command of [['ingest', 'sessions'], ['import']]) {
  test(`one that was deleted keeps its row, marked, after \`${command.join(' ')}\``, async () => {
    const read = () => here(...command, '--claude', home.claudeFolder, '--now', LATER);
    await read();
    // a second one, so that the place is not empty afterwards
    await rm(join(home.claudeFolder, 'projects', '-home-nora-src-packlist', `${TRANSCRIPT}.jsonl`));
    await home.addTranscript(DAY, OTHER);
    await read();
    expect(await listed(LATER)).toContainEqual(
      expect.objectContaining({ session_id: TRANSCRIPT, vanished_at: '2026-12-17T09:11:00.000Z', sweep_at: null }),
    );
    expect((await here('sessions', '--now', LATER)).out).toContain('(gone at the source)');
  });
}
