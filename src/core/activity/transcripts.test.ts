/** What transcripts of Claude Code tell of time and tokens. */
import initSqlJs from 'sql.js';
import { expect, it } from 'vitest';
import type { ActivityReport } from '../model/activity-views.ts';
import { MemoryTree } from '../sources/claude/fixture-folder.ts';
import type { Line, Place } from '../sources/claude/fixture-lines.ts';
import { jsonl, prompt, reply, text, toolResult, toolUse } from '../sources/claude/fixture-lines.ts';
import { MemoryStore } from '../state/memory-store.ts';
import { openWorkspace } from '../workspace.ts';

const MINUTE = 60_000;
const BEGAN = Date.UTC(2026, 10, 16, 9);
const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = 'bbbbbbbb-0000-4000-8000-000000000002';

let ids = 0;

function placeOf(sessionId: string): Place {
  const newId = (): string => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
  return { sessionId, cwd: '/home/ada/shop', newId, time: BEGAN, parent: null };
}

/** The place, so many minutes after the beginning. */
function at(place: Place, minutes: number): Place {
  place.time = BEGAN + minutes * MINUTE;
  return place;
}

/** One line of an answer that took so much. */
function answer(place: Place, id: string, block: Line, output: number, more: Line = {}): Line {
  const line = reply(place, `msg_01${id.padEnd(22, '0')}`, block);
  const usage = {
    input_tokens: 3,
    output_tokens: output,
    cache_read_input_tokens: 100,
    cache_creation_input_tokens: 10,
  };
  return { ...withMessage(line, { usage }), ...more };
}

/** The line with more in its message. */
function withMessage(line: Line, more: Line): Line {
  const { message } = line;
  if (typeof message !== 'object' || message === null) throw new Error('the line has no message');
  return { ...line, message: { ...message, ...more } };
}

async function reported(files: Readonly<Record<string, readonly Line[]>>): Promise<ActivityReport> {
  const tree = new MemoryTree(
    Object.entries(files).map(([name, lines]) => [`projects/-home-ada-shop/${name}.jsonl`, jsonl(lines)]),
  );
  const now = BEGAN + 5 * 24 * 60 * MINUTE;
  const store = new MemoryStore();
  const workspace = await openWorkspace({
    store,
    loadSqlJs: initSqlJs,
    now: () => now,
    newDeviceId: () => 'device',
    timeZone: 'UTC',
  });
  const outcome = await workspace.import([tree.folder('projects')], { now });
  expect(outcome.ok).toBe(true);
  return workspace.activity.report({ from: BEGAN - MINUTE, to: now, zone: 'UTC' });
}

it('a tool runs from the line that calls it to the line with its result, and is no silence', async () => {
  const place = placeOf(A);
  const { totals } = await reported({
    [A]: [
      prompt(at(place, 0), 'Build it'),
      answer(at(place, 1), 'one', toolUse('toolu_1', 'Bash'), 5),
      toolResult(at(place, 31), 'toolu_1', 'built'),
      answer(at(place, 32), 'two', text('Done'), 5),
      prompt(at(place, 120), 'Thanks'),
    ],
  });
  expect([totals.agentMs / MINUTE, totals.ownMs / MINUTE, totals.prompts]).toEqual([32, 10, 2]);
});

it('the lines of one streamed answer are one answer, with its largest usage', async () => {
  const place = placeOf(A);
  const { models } = await reported({
    [A]: [
      prompt(at(place, 0), 'Go'),
      answer(place, 'one', text('A'), 1),
      answer(place, 'one', text('B'), 40),
      answer(place, 'one', toolUse('toolu_1', 'Read'), 40),
    ],
  });
  expect(models).toEqual([
    {
      model: 'model-x',
      input: 3,
      output: 40,
      reasoning: 0,
      cacheRead: 100,
      cacheWrite: 10,
      cost: null,
      answers: 1,
      answersWithCost: 0,
    },
  ]);
});

it('a cost that an older version recorded counts, the largest of an answer', async () => {
  const place = placeOf(A);
  const { models } = await reported({
    [A]: [
      prompt(at(place, 0), 'Go'),
      answer(place, 'one', text('A'), 1, { costUSD: 0.25 }),
      answer(place, 'one', text('B'), 2, { costUSD: 0.5 }),
      answer(place, 'two', text('C'), 2),
    ],
  });
  expect(models.map(({ cost, answers, answersWithCost }) => [cost, answers, answersWithCost])).toEqual([[0.5, 2, 1]]);
});

it('what a resumed session copied is counted once', async () => {
  const place = placeOf(A);
  const lines = [prompt(at(place, 0), 'Go'), answer(at(place, 1), 'one', text('A'), 7)];
  const resumed = { ...placeOf(B), parent: place.parent };
  const { totals, models } = await reported({
    [A]: lines,
    [B]: [...lines, prompt(at(resumed, 60), 'Go on'), answer(at(resumed, 62), 'two', text('B'), 9)],
  });
  expect([totals.agentMs / MINUTE, totals.ownMs / MINUTE, totals.prompts, totals.sessions]).toEqual([3, 10, 2, 2]);
  expect(models.map(({ output, answers }) => [output, answers])).toEqual([[16, 2]]);
});

it('what Claude Code answers in place of a model took nothing', async () => {
  const place = placeOf(A);
  const line = answer(at(place, 1), 'one', text('Interrupted'), 5);
  const synthetic = withMessage(line, { model: '<synthetic>' });
  expect((await reported({ [A]: [prompt(at(place, 0), 'Go'), synthetic] })).models).toEqual([]);
});
