import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Filter } from './filter.ts';
import { isFiltered, readFilter, toQuery, writeFilter } from './filter.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 21, 8);
const NONE = readFilter(new URLSearchParams());

test('what was written into the address is read from it again', () => {
  const filters: fc.Arbitrary<Filter> = fc.record({
    text: fc.string(),
    tool: fc.constantFrom('' as const, 'opencode' as const, 'claude' as const),
    type: fc.constantFrom('' as const, 'user' as const, 'agent' as const, 'subagent' as const),
    project: fc.string(),
    mark: fc.constantFrom('' as const, 'vanished' as const, 'sweep' as const),
    when: fc.constantFrom('' as const, '7' as const, 'between' as const),
    from: fc.constantFrom('', '2026-11-01'),
    to: fc.constantFrom('', '2026-11-21'),
    sort: fc.constantFrom('start' as const, 'title' as const, 'tools' as const),
    descending: fc.boolean(),
  });
  fc.assert(
    fc.property(filters, (filter) => {
      expect(readFilter(new URLSearchParams(writeFilter(filter).toString()))).toEqual(filter);
    }),
  );
});

test('an address with nonsense shows everything', () => {
  expect(readFilter(new URLSearchParams('tool=vim&type=x&when=never&sort=colour'))).toEqual(NONE);
});

test('nothing chosen is nothing in the address', () => {
  expect(writeFilter(NONE).toString()).toBe('');
});

test('the last days reach back from now', () => {
  expect(toQuery({ ...NONE, when: '14' }, [], NOW)).toMatchObject({ since: NOW - 14 * DAY_MS });
});

test('between two days means both of them, and one end may be open', () => {
  const query = toQuery({ ...NONE, when: 'between', from: '2026-11-01', to: '2026-11-02' }, [], NOW);
  expect((query.until ?? 0) - (query.since ?? 0)).toBe(2 * DAY_MS - 1);
  expect(toQuery({ ...NONE, when: 'between', from: '2026-11-01' }, [], NOW)).not.toHaveProperty('until');
});

test('a project and a mark are asked for, and are a filter', () => {
  const filter = { ...NONE, project: '/src/shop', mark: 'sweep' } as const;
  expect(toQuery(filter, [], NOW)).toMatchObject({ project: '/src/shop', mark: 'sweep' });
  expect([isFiltered(NONE), isFiltered(filter)]).toEqual([false, true]);
});

test('sub-agents asked for by name are not folded into their parents', () => {
  expect(toQuery(NONE, [], NOW).folded).toBe(true);
  expect(toQuery({ ...NONE, type: 'subagent' }, [], NOW).folded).toBe(false);
});
