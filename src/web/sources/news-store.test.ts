import { expect, test } from 'vitest';
import { newsText } from './news-store.ts';

test('nothing new is silent', () => {
  expect(newsText({ arrived: new Map() })).toBe('');
});

test('new sessions are counted over all places', () => {
  expect(newsText({ arrived: new Map([['opencode', 1]]) })).toBe('1 new session from opencode');
  const two = new Map([
    ['opencode', 2],
    ['.claude', 1],
  ]);
  expect(newsText({ arrived: two })).toBe('3 new sessions from opencode and .claude');
});
