import { expect, it } from 'vitest';
import { historyWords, keptWords, spokenWords } from './words.ts';

const progress = { searched: 1204, total: 171_300, found: 37, toolSessions: null, hits: [], problems: [] };
const none = { total: 0, hits: [] };
const kept = {
  personas: { total: 1, hits: [] },
  sessions: { total: 12, hits: [] },
  items: none,
  messages: { total: 3700, hits: [] },
  notes: [],
  isEmpty: false,
};

it('says how far the search is, and what came of it', () => {
  expect(historyWords({ state: 'none' })).toBe('');
  expect(historyWords({ state: 'running', progress: { ...progress, searched: 0 } })).toBe(
    'Searching the whole history…',
  );
  expect(historyWords({ state: 'running', progress })).toBe('1,204 of 171,300 messages searched, 37 more found');
  expect(historyWords({ state: 'done', progress })).toBe('1,204 messages searched, 37 more found');
  expect(historyWords({ state: 'stopped', progress })).toBe(
    'Stopped: 1,204 of 171,300 messages searched, 37 more found',
  );
  const tools = { ...progress, toolSessions: { done: 3, total: 12 } };
  expect(historyWords({ state: 'running', progress: tools })).toBe('Tools of 3 of 12 sessions searched, 37 more found');
  expect(historyWords({ state: 'done', progress: tools })).toBe(
    '1,204 messages and the tools of 3 sessions searched, 37 more found',
  );
});

it('says what is kept, and nothing of what was not found', () => {
  expect(keptWords(kept)).toBe('Kept: 1 persona, 12 sessions, 3,700 messages');
  expect(keptWords({ ...kept, personas: none, sessions: none, messages: none })).toBe('Nothing kept fits');
});

it('those who hear are not told each step', () => {
  const at = (searched: number) => spokenWords(kept, { state: 'running', progress: { ...progress, searched } });
  expect(at(10)).toBe(at(1000));
  expect(spokenWords(kept, { state: 'done', progress })).toContain('37 more found');
});
