import { expect, test } from 'vitest';
import type { Job } from '../../core/model/job.ts';
import { itemOf } from '../../core/extraction/fixture-call.ts';
import {
  ceremonyWords,
  descriptionOf,
  foreseenWords,
  kindCount,
  progressWords,
  reportWords,
  standingOf,
  titleOf,
} from './words.ts';

const progress = {
  jobsDone: 12,
  jobsLeft: 28,
  messages: 90,
  tokensDone: 1,
  tokensLeft: 2,
  calls: 3,
  items: 0,
  elapsedMs: 1,
  leftMs: 180_000,
  cost: null,
};

test('progress says what is done, of how much, and how long it takes', () => {
  expect(progressWords(null)).toBe('begins');
  expect(progressWords(progress)).toBe('12 of 40 sessions, about 3 min left');
  expect(progressWords({ ...progress, items: 1, leftMs: null })).toBe('12 of 40 sessions, 1 new item');
});

test('a run is foreseen in calls, tokens and money', () => {
  const queue = { jobs: [], calls: 460, inputTokens: 4_583_000, inputCost: null };
  expect(foreseenWords(queue)).toBe('about 460 calls, 4.6 M tokens');
  expect(foreseenWords({ ...queue, calls: 1, inputTokens: 950, inputCost: 0.001 })).toBe(
    'about 1 call, 950 tokens, less than 0.01 for what is sent',
  );
});

test('a report says what was read and what came of it', () => {
  const report = {
    jobs: { done: 1, failed: 0, left: 0, waiting: 0 },
    messages: 4,
    tokens: 9,
    calls: 2,
    usage: null,
    cost: null,
    items: { new: 3, changed: 2 },
    dropped: 0,
    stopped: null,
    problems: [],
    decisions: [],
    state: { bytes: 1, limitBytes: 2 },
    durationMs: 5,
  };
  expect(reportWords(report)).toBe('1 session read, 4 messages; 3 new items; more words for 2 items.');
});

test('the ceremony says what it did, and when there was nothing', () => {
  const nothing = { personas: [], merged: [], sealed: 0, bytesBefore: 10, bytes: 10 };
  expect(ceremonyWords(nothing)).toBe('There was nothing to tidy up.');
  const did = { ...nothing, personas: [{ id: 'a', pruned: 2, released: 1 }], bytes: 4 };
  expect(ceremonyWords(did)).toBe(
    'Tidied up: 2 old messages left to their sources; 1 message that had been brought back let go; 6 bytes fewer.',
  );
});

test('jobs stand as queued, waiting for a source, or failed', () => {
  const job = (id: string, more: Partial<Job>): Job => ({
    id,
    kind: 'kept',
    source: 'opencode',
    state: 'queued',
    messages: 1,
    tokens: 1,
    tries: 0,
    notBefore: null,
    reason: null,
    isWaiting: false,
    queued: 1,
    stamp: '',
    ...more,
  });
  const jobs = [
    job('a', {}),
    job('b', { isWaiting: true }),
    job('c', { state: 'failed' }),
    job('d', { state: 'done' }),
  ];
  const { queued, waiting, failed } = standingOf({ jobs });
  expect([queued, waiting, failed].map((some) => some.map(({ id }) => id))).toEqual([['a'], ['b'], ['c']]);
});

test('kinds are counted in their own words', () => {
  expect([kindCount('person', 1), kindCount('person', 2), kindCount('fact', 0)]).toEqual([
    '1 person',
    '2 people',
    '0 facts',
  ]);
});

test('a fact about someone else is called with them', () => {
  expect(titleOf({ kind: 'fact', name: 'owns the deploy', subject: 'Sarah' })).toBe('Sarah owns the deploy');
  expect(titleOf({ kind: 'fact', name: 'Sarah owns the deploy', subject: 'sarah' })).toBe('Sarah owns the deploy');
  expect(titleOf({ kind: 'fact', name: 'uses Postgres', subject: 'human' })).toBe('uses Postgres');
});

test('a description that says no more than the words is left out', () => {
  const item = itemOf('Wants tabs', { description: '' });
  const words = item.evidence.map((each) => ({ ...each, text: 'I want tabs,\nalways' }));
  expect(descriptionOf({ ...item, evidence: words, description: 'I want tabs, always.' })).toBe('');
  expect(descriptionOf({ ...item, evidence: words, description: 'Holds for Go too.' })).toBe('Holds for Go too.');
});
