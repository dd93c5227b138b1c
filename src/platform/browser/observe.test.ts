import { expect, it } from 'vitest';
import { mayMatter } from './observe.ts';

it('changes of databases, their logs and transcripts matter', () => {
  for (const names of [
    ['opencode.db-wal'],
    ['projects', '-src-shop', 'a.jsonl'],
    ['storage', 'message', 'm.json'],
    [],
  ]) {
    expect(mayMatter({ type: 'modified', relativePathComponents: names })).toBe(true);
  }
});

it('folders that come and go matter: they may hold sessions', () => {
  expect(mayMatter({ type: 'appeared', relativePathComponents: ['projects', '-src-shop'] })).toBe(true);
  expect(mayMatter({ type: 'disappeared', relativePathComponents: ['projects'] })).toBe(true);
});

it('logs, indices of the database and secrets do not', () => {
  for (const names of [['log', 'today.log'], ['opencode.db-shm'], ['auth.json'], ['snapshot', 'other.db']]) {
    expect(mayMatter({ type: 'modified', relativePathComponents: names })).toBe(false);
  }
  expect(mayMatter({ type: 'appeared', relativePathComponents: ['snapshot', 'x'] })).toBe(false);
});
