import { expect, it } from 'vitest';
import { changedPaths } from './observe.ts';

it('changes of databases, their logs and transcripts matter', () => {
  for (const names of [['opencode.db-wal'], ['projects', '-src-shop', 'a.jsonl'], ['storage', 'message', 'm.json']]) {
    expect(changedPaths([{ type: 'modified', relativePathComponents: names }])).toEqual([names]);
  }
});

it('folders that come and go matter: they may hold sessions', () => {
  const came = { type: 'appeared', relativePathComponents: ['projects', '-src-shop'] } as const;
  const went = { type: 'disappeared', relativePathComponents: ['projects'] } as const;
  expect(changedPaths([came, went])).toEqual([['projects', '-src-shop'], ['projects']]);
});

it('logs, indices of the database and secrets do not', () => {
  for (const names of [['log', 'today.log'], ['opencode.db-shm'], ['auth.json'], ['snapshot', 'other.db']]) {
    expect(changedPaths([{ type: 'modified', relativePathComponents: names }])).toEqual([]);
  }
  expect(changedPaths([{ type: 'appeared', relativePathComponents: ['snapshot', 'x'] }])).toEqual([]);
});

it('what moved is told of where it was and where it is, as far as that matters', () => {
  const moved = { type: 'moved', relativePathComponents: ['projects', 'b'], relativePathMovedFrom: ['projects', 'a'] };
  const away = { ...moved, type: 'moved', relativePathComponents: ['node_modules', 'a.jsonl'] } as const;
  expect(changedPaths([{ ...moved, type: 'moved' }])).toEqual([
    ['projects', 'b'],
    ['projects', 'a'],
  ]);
  expect(changedPaths([away])).toEqual([['projects', 'a']]);
});

it('where a change is not placed, anything may have changed', () => {
  const placed = { type: 'modified', relativePathComponents: ['a.jsonl'] } as const;
  for (const record of [
    { type: 'modified', relativePathComponents: [] },
    { type: 'unknown', relativePathComponents: ['log'] },
    { type: 'appeared', relativePathComponents: null },
    { type: 'moved', relativePathComponents: ['a.jsonl'], relativePathMovedFrom: null },
    { type: 'moved', relativePathComponents: ['a.jsonl'] },
  ] as const) {
    expect(changedPaths([placed, record])).toBeNull();
  }
});
