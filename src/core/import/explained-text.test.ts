import { expect, it } from 'vitest';
import type { Explained } from '../model/receipt.ts';
import { explainedText } from './explained-text.ts';

const NONE: Explained = {
  sessions: { personas: 0, subAgents: 0, helpers: 0, empty: 0, silent: 0, copies: 0, forks: 0 },
  messages: { personas: 0, subAgents: 0, silent: 0, copies: 0 },
};

it('says where sessions and messages went, and nothing when all are in personas', () => {
  const sessions = { personas: 12, subAgents: 30, helpers: 2, empty: 3, silent: 1, copies: 6, forks: 1 };
  const messages = { personas: 1_200, subAgents: 340, silent: 7, copies: 0 };
  expect(explainedText({ sessions, messages })).toEqual({
    sessions:
      '12 in personas, 30 of sub-agents, 2 of the tool for itself, 6 also in another source, 3 empty, 1 without words; 1 is a fork',
    messages: '1,200 in personas, 340 of sub-agents, 7 without words or the tool’s own',
  });
  expect(explainedText({ ...NONE, sessions: { ...NONE.sessions, personas: 4 } })).toEqual({
    sessions: null,
    messages: null,
  });
  expect(explainedText({ ...NONE, sessions: { ...NONE.sessions, forks: 2 } }).sessions).toBe('2 are forks');
});
