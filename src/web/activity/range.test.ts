import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Range } from './range.ts';
import { calendarDates, datesIn, datesOf, moved, readRange, writeRange } from './range.ts';

const TODAY = '2026-11-21';

function range(more: Partial<Range> = {}): Range {
  return { ...readRange(new URLSearchParams()), ...more };
}

describe('the range of days', () => {
  it('of an address at the end of time is that of today', () => {
    for (const at of ['9999-12-31', '0001-01-01', '2026-13-40']) {
      const found = readRange(new URLSearchParams({ range: 'week', at }));
      expect(datesOf(found, TODAY)).toEqual({ first: '2026-11-16', last: '2026-11-22' });
      expect(() => moved(found, TODAY, 1)).not.toThrow();
    }
  });

  it('is fourteen days up to today, by project, when nothing is said', () => {
    expect(datesOf(range(), TODAY)).toEqual({ first: '2026-11-08', last: TODAY });
  });

  it('is the week from Monday on, the month from its first day, a day alone', () => {
    expect(datesOf(range({ name: 'week' }), TODAY)).toEqual({ first: '2026-11-16', last: '2026-11-22' });
    expect(datesOf(range({ name: 'month', at: '2026-02-10' }), TODAY)).toEqual({
      first: '2026-02-01',
      last: '2026-02-28',
    });
    expect(datesOf(range({ name: 'day', at: '2026-02-10' }), TODAY)).toEqual({
      first: '2026-02-10',
      last: '2026-02-10',
    });
  });

  it('of one’s own may be given from its end', () => {
    const own = range({ name: 'custom', from: '2026-11-05', to: '2026-11-01' });
    expect(datesOf(own, TODAY)).toEqual({ first: '2026-11-01', last: '2026-11-05' });
  });

  it('stands in the address, what is usual left out', () => {
    expect(writeRange(range()).toString()).toBe('');
    const other = range({ name: 'month', at: '2026-02-10', by: 'tool', window: 10 });
    expect(readRange(writeRange(other))).toEqual(other);
  });

  it('in the address that can’t be is as if it were not there', () => {
    const search = new URLSearchParams('range=year&at=2026-13-45&by=mood&window=7');
    expect(readRange(search)).toEqual(range());
  });

  it('moves by itself, without a day between or twice', () => {
    const name = fc.constantFrom('day' as const, 'week' as const, '14' as const, 'month' as const, 'custom' as const);
    const day = fc
      .integer({ min: 0, max: 4_000 })
      .map((days) => new Date(days * 86_400_000 * 3).toISOString().slice(0, 10));
    fc.assert(
      fc.property(name, day, (kind, at) => {
        const before = range({ name: kind, at, from: at, to: at });
        const after = moved(before, TODAY, 1);
        const [old, next] = [datesOf(before, TODAY), datesOf(after, TODAY)];
        expect(datesIn({ first: old.last, last: next.first })).toHaveLength(2);
        expect(datesOf(moved(after, TODAY, -1), TODAY)).toEqual(old);
      }),
    );
  });

  it('stands at the end of a calendar of whole weeks', () => {
    const dates = datesIn(calendarDates({ first: TODAY, last: TODAY }));
    expect(dates).toHaveLength(53 * 7);
    expect(dates.at(-1)).toBe('2026-11-22');
  });
});
