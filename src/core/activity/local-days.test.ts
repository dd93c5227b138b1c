import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalTime } from './local-days.ts';

const HOUR = 3_600_000;

function hoursOfDay(zone: string, date: string): number {
  const time = new LocalTime(zone);
  return (time.startOf(date, 1) - time.startOf(date)) / HOUR;
}

describe('a local day', () => {
  it('has 23 hours when the clocks go forward and 25 when they go back', () => {
    expect(hoursOfDay('Europe/Berlin', '2026-03-29')).toBe(23);
    expect(hoursOfDay('Europe/Berlin', '2026-10-25')).toBe(25);
    expect(hoursOfDay('Europe/Berlin', '2026-10-26')).toBe(24);
    expect(hoursOfDay('Australia/Lord_Howe', '2026-04-05')).toBe(24.5);
  });

  it('begins at one o’clock where there is no midnight', () => {
    const cairo = new LocalTime('Africa/Cairo');
    expect(new Date(cairo.startOf('2026-04-24')).toISOString()).toBe('2026-04-23T22:00:00.000Z');
    expect(hoursOfDay('Africa/Cairo', '2026-04-24')).toBe(23);
  });

  it('that a zone left out has no length', () => {
    expect(hoursOfDay('Pacific/Apia', '2011-12-30')).toBe(0);
    const days = new LocalTime('Pacific/Apia').daysIn(Date.UTC(2011, 11, 29), Date.UTC(2012, 0, 2));
    expect(days.map(({ date }) => date)).not.toContain('2011-12-30');
  });

  it('has the hours of its clock: two o’clock twice in autumn, not at all in spring', () => {
    const time = new LocalTime('Europe/Berlin');
    const lengths = (date: string): number => {
      const [day] = time.daysIn(time.startOf(date), time.startOf(date, 1));
      const hours = day === undefined ? [] : time.hoursOf(day);
      return hours
        .filter(({ hourOfWeek }) => hourOfWeek === 6 * 24 + 2)
        .reduce((sum, { start, end }) => sum + end - start, 0);
    };
    expect(lengths('2026-10-25')).toBe(2 * HOUR);
    expect(lengths('2026-03-29')).toBe(0);
    expect(lengths('2026-11-01')).toBe(HOUR);
  });

  it('of a zone nobody knows is refused with a word', () => {
    expect(() => new LocalTime('Europe/Nowhere')).toThrow('There is no time zone "Europe/Nowhere"');
  });
});

const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC');
const moment = fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2040, 0, 1) });

describe('in any zone', () => {
  it('days and their hours follow each other without a gap and add up to the range', () => {
    fc.assert(
      fc.property(zone, moment, fc.integer({ min: 1, max: 40 * 24 * HOUR }), (name, from, length) => {
        const time = new LocalTime(name);
        const days = time.daysIn(from, from + length);
        expect(days[0]?.start).toBe(from);
        expect(days.at(-1)?.end).toBe(from + length);
        for (const [at, day] of days.entries()) {
          expect(day.start).toBe(days[at - 1]?.end ?? from);
          const hours = time.hoursOf(day);
          expect(hours.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(day.end - day.start);
        }
        expect(new Set(days.map(({ date }) => date)).size).toBe(days.length);
      }),
      { numRuns: 60 },
    );
  });
});
