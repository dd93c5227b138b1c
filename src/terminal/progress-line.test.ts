import { expect, test } from 'vitest';
import type { ImportProgress } from '../core/model/views.ts';
import { testIo } from './fixture-cli.ts';
import { ProgressLine, progressText } from './progress-line.ts';

const PROGRESS: ImportProgress = {
  phase: 'messages',
  path: 'opencode.db',
  done: 12_000_000,
  total: 130_200_000,
  unit: 'bytes',
  sessions: 216,
  messages: 4_000,
  elapsedMs: 100,
};

/** What a run of progress writes to stderr. */
function written(live: boolean, ...steps: readonly Partial<ImportProgress>[]): string[] {
  const said: string[] = [];
  const line = new ProgressLine({ ...testIo((_, text) => said.push(text)), live });
  for (const step of steps) line.show({ ...PROGRESS, ...step });
  line.clear();
  return said;
}

test('says what goes on, how far it is and what was found', () => {
  expect(progressText(PROGRESS)).toBe('Reading messages: 12.0 MB of 130.2 MB, 216 sessions, 4,000 messages');
  expect(progressText({ ...PROGRESS, phase: 'saving', unit: 'records' })).toBe('Saving, 216 sessions, 4,000 messages');
});

test('is one line, written over and cleared at the end', () => {
  const said = written(true, { elapsedMs: 0 }, { elapsedMs: 500, done: 1 });
  expect(said).toHaveLength(3);
  for (const text of said) {
    expect(text.startsWith('\r\u001B[K')).toBe(true);
    expect(text).not.toContain('\n');
    expect(text.length).toBeLessThan(85);
  }
  expect(said.at(-1)).toBe('\r\u001B[K');
});

test('is not written more often than can be read, but at every new phase', () => {
  const said = written(
    true,
    { elapsedMs: 0 },
    { elapsedMs: 10 },
    { elapsedMs: 20 },
    { elapsedMs: 30, phase: 'saving' },
  );
  expect(said).toHaveLength(3);
});

test('stays away from where there is no terminal', () => {
  expect(written(false, { elapsedMs: 0 }, { elapsedMs: 500 })).toEqual([]);
});
