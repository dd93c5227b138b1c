import { expect, test } from 'vitest';
import type { Receipt, Tally } from '../../core/model/receipt.ts';
import type { ImportProgress } from '../../core/model/views.ts';
import { rate, share } from './progress-words.ts';
import { headline } from './receipt-words.ts';

function tally(fresh: number, updated: number): Tally {
  return { found: fresh + updated, new: fresh, updated, unchanged: 0, skipped: 0 };
}

function receipt(sessions: Tally, messages: Tally): Receipt {
  const source = {
    path: 'opencode.db',
    kind: 'opencode-db',
    sessions,
    messages,
    explained: null,
    problems: [],
    bytesRead: 1,
    bytesTotal: 1,
  };
  const unchanged = sessions.new + sessions.updated + messages.new + messages.updated === 0;
  const state = { bytes: 1, limitBytes: 2 };
  return { sources: [source], personas: [], state, decisions: [], lastSync: 0, unchanged, durationMs: 1 };
}

test('the receipt says first what is new and what was updated', () => {
  expect(headline(receipt(tally(0, 0), tally(0, 0)))).toBe('Nothing new.');
  expect(headline(receipt(tally(12, 0), tally(1340, 0)))).toBe('12 sessions and 1,340 messages are new.');
  expect(headline(receipt(tally(0, 1), tally(0, 0)))).toBe('1 session is updated.');
  expect(headline(receipt(tally(1, 1), tally(2, 0)))).toBe('1 session and 2 messages are new; 1 session is updated.');
});

const READING: ImportProgress = {
  phase: 'messages',
  path: 'opencode.db',
  done: 60_000_000,
  total: 120_000_000,
  unit: 'bytes',
  sessions: 3,
  messages: 40,
  elapsedMs: 1_500,
};

test('the share is that of reading, and unknown before', () => {
  expect(share(READING)).toBe(0.5);
  expect(share({ ...READING, phase: 'opening', total: 0 })).toBeNull();
  expect(share({ ...READING, phase: 'saving', done: 0, total: 4, unit: 'records' })).toBe(1);
});

test('rate and time left count from when reading began, and wait until they are steady', () => {
  expect(rate(READING, 500)).toBe('60 MB/s, about 1 s left');
  expect(rate(READING, 1_400)).toBe('');
  expect(rate(READING, null)).toBe('');
});
