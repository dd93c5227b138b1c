import { expect, test } from 'vitest';
import { isMemoryFiltered, readMemoryFilter, toMemoryQuery, writeMemoryFilter } from './memory-filter.ts';

const read = (address: string) => readMemoryFilter(new URLSearchParams(address));

test('a filter survives the address, and nothing else gets into it', () => {
  const filter = {
    text: 'tabs',
    kind: 'trait',
    status: 'rejected',
    persona: 'opencode:build',
    session: 'ses_1',
  } as const;
  expect(readMemoryFilter(writeMemoryFilter(filter))).toEqual(filter);
  expect(read('kind=secret&status=deleted')).toEqual(read(''));
  expect(writeMemoryFilter(read('')).toString()).toBe('');
});

test('what is not asked for is not in the query', () => {
  expect(toMemoryQuery(read('text=%20'))).toEqual({});
  expect(toMemoryQuery(read('kind=fact&status=confirmed&persona=a&session=b&text=c'))).toEqual({
    kind: 'fact',
    status: ['confirmed'],
    persona: 'a',
    session: 'b',
    text: 'c',
  });
});

test('a kind alone is a part of the list, not a filter', () => {
  expect(isMemoryFiltered(read('kind=fact'))).toBe(false);
  expect(isMemoryFiltered(read('session=b'))).toBe(true);
});
