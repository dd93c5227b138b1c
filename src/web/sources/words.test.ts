import { expect, test } from 'vitest';
import type { SourceSummary } from '../../core/model/views.ts';
import type { Connected } from '../../platform/browser/connected.ts';
import { sessionWords, sortSources, stateOf } from './words.ts';

function source(path: string): SourceSummary {
  const rest = { kind: 'opencode-db', tool: 'opencode', lastImport: 0, sessions: 0, gone: 0 } as const;
  return { ...rest, store: `opencode:${path}`, path, place: null, vanished: null };
}

function place(label: string): Connected {
  return { id: label, label, kind: 'folder', handles: [], watch: true };
}

test('each source stands under its place; two folders of one name are two places', () => {
  const [first, second, lone] = ['opencode/opencode.db', 'opencode (2)/opencode.db', 'backup.db'].map(source);
  if (first === undefined || second === undefined || lone === undefined) throw new Error('no sources');
  const { byPlace, dropped } = sortSources([first, second, lone], [place('opencode'), place('opencode (2)')]);
  expect([...byPlace]).toEqual([
    ['opencode', [first]],
    ['opencode (2)', [second]],
  ]);
  expect(dropped).toEqual([lone]);
});

test('a place that is gone or must be asked for is not called connected', () => {
  expect(stateOf({ access: 'granted', watched: true })).toBe('watched');
  expect(stateOf({ access: 'granted', watched: false })).toBe('connected');
  expect(stateOf({ access: 'ask', watched: true })).toBe('ask');
  expect(stateOf({ access: 'gone', watched: true })).toBe('gone');
});

test('sessions that are gone are counted beside those that are there', () => {
  expect(sessionWords({ sessions: 18, gone: 0 })).toBe('18 sessions');
  expect(sessionWords({ sessions: 1, gone: 1 })).toBe('1 session, 1 more gone');
});
