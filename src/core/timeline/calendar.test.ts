import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS } from '../model/constants.ts';
import { Calendar, stepOf } from './calendar.ts';

const HOUR_MS = 3_600_000;
const DAYS = stepOf(DAY_MS);
const HOURS = stepOf(HOUR_MS);

function iso(times: readonly { readonly time: number }[]): string[] {
  return times.map(({ time }) => new Date(time).toISOString());
}

test('days begin at local midnights, also when the clock goes back in between', () => {
  const window = { from: Date.UTC(2026, 9, 24), to: Date.UTC(2026, 9, 27) };
  expect(iso(new Calendar('Europe/Berlin').lines(window, DAYS))).toEqual([
    '2026-10-24T22:00:00.000Z',
    '2026-10-25T23:00:00.000Z',
    '2026-10-26T23:00:00.000Z',
  ]);
});

test('where the clock jumps over midnight the day begins when it jumps', () => {
  const window = { from: Date.UTC(2026, 3, 23, 12), to: Date.UTC(2026, 3, 25, 12) };
  // in Cairo the 24th of April 2026 began at one o'clock
  expect(iso(new Calendar('Africa/Cairo').lines(window, DAYS))).toEqual([
    '2026-04-23T22:00:00.000Z',
    '2026-04-24T21:00:00.000Z',
  ]);
});

test('hours of the clock are lines; the one that is jumped over is not', () => {
  const window = { from: Date.UTC(2026, 2, 28, 23), to: Date.UTC(2026, 2, 29, 4) };
  const lines = new Calendar('Europe/Berlin').lines(window, stepOf(2 * HOUR_MS));
  expect(iso(lines)).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T01:00:00.000Z', '2026-03-29T04:00:00.000Z']);
  expect(lines.map(({ begins }) => begins)).toEqual(['day', 'hour', 'hour']);
});

test('half hours of a zone are respected', () => {
  const window = { from: Date.UTC(2026, 5, 1, 18), to: Date.UTC(2026, 5, 1, 19) };
  const [line] = new Calendar('Asia/Kolkata').lines(window, HOURS);
  expect(line).toEqual({ time: Date.UTC(2026, 5, 1, 18, 30), begins: 'day' });
});

test('months and years say what begins with them', () => {
  const lines = new Calendar('UTC').lines(
    { from: Date.UTC(2025, 9, 20), to: Date.UTC(2026, 2, 2) },
    stepOf(20 * DAY_MS),
  );
  expect(lines.map(({ begins }) => begins)).toEqual(['month', 'month', 'year', 'month', 'month']);
});

test('weeks begin on Mondays', () => {
  const lines = new Calendar('UTC').lines(
    { from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 30) },
    stepOf(5 * DAY_MS),
  );
  expect(lines.map(({ time }) => new Date(time).getUTCDay())).toEqual([1, 1, 1, 1, 1]);
});

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
);

test('lines rise, lie in the window and are no more than fit, anywhere and at any zoom', () => {
  fc.assert(
    fc.property(
      zone,
      fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2040, 0, 1) }),
      fc.integer({ min: 60_000, max: 40 * 365 * DAY_MS }),
      (timeZone, from, length) => {
        const window = { from, to: from + length };
        const step = stepOf(length / 10);
        const times = new Calendar(timeZone).lines(window, step).map(({ time }) => time);
        expect(times.every((time) => time >= from && time <= window.to)).toBe(true);
        expect(times.every((time, at) => at === 0 || time > (times[at - 1] ?? 0))).toBe(true);
        expect(times.length).toBeLessThanOrEqual(14);
      },
    ),
  );
});

test('a window beyond all calendars has no lines and comes to an end', () => {
  const calendar = new Calendar('UTC');
  expect(calendar.lines({ from: 8.64e15, to: 8.7e15 }, stepOf(1e13))).toEqual([]);
  expect(calendar.lines({ from: -8.64e15, to: 8.64e15 }, stepOf(1e15)).length).toBeLessThan(60);
});

test('the beginning of a day, a month and a year', () => {
  const calendar = new Calendar('Europe/Berlin');
  const time = Date.UTC(2026, 9, 25, 12);
  expect(new Date(calendar.beginOf(time, 'day')).toISOString()).toBe('2026-10-24T22:00:00.000Z');
  expect(new Date(calendar.beginOf(time, 'month')).toISOString()).toBe('2026-09-30T22:00:00.000Z');
  expect(new Date(calendar.beginOf(time, 'year')).toISOString()).toBe('2025-12-31T23:00:00.000Z');
});
