/** Which days are looked at and how, as it stands in the address: it survives a reload and can be linked. */
import { LocalTime } from '../../core/activity/local-days.ts';
import type { ActivityGrouping, ActivityQuery } from '../../core/model/activity-views.ts';
import { DEFAULT_OWN_WINDOW, OWN_WINDOWS } from '../../core/model/activity-views.ts';

export type RangeName = 'day' | 'week' | '14' | 'month' | 'custom';

export interface Range {
  readonly name: RangeName;
  /** A local day in it, `2026-11-21`; '' is today. */
  readonly at: string;
  /** Of `custom`. */
  readonly from: string;
  readonly to: string;
  readonly by: ActivityGrouping;
  /** Minutes. */
  readonly window: number;
}

/** The first and the last day, both in it. */
export interface Dates {
  readonly first: string;
  readonly last: string;
}

const NAMES: readonly RangeName[] = ['day', 'week', '14', 'month', 'custom'];
const GROUPINGS: readonly ActivityGrouping[] = ['project', 'persona', 'tool'];
const DEFAULT_NAME: RangeName = '14';
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** No agent wrote before, and a step further must still be a date. */
const [FIRST, LAST] = ['2000-01-01', '2199-12-31'];
const DAY_MS = 86_400_000;
/** Weeks a calendar shows. */
const CALENDAR_WEEKS = 53;

export const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
export const LOCAL_TIME = new LocalTime(ZONE);

export function readRange(search: URLSearchParams): Range {
  const window = Number(search.get('window'));
  return {
    name: NAMES.find((name) => name === search.get('range')) ?? DEFAULT_NAME,
    at: dateIn(search, 'at'),
    from: dateIn(search, 'from'),
    to: dateIn(search, 'to'),
    by: GROUPINGS.find((by) => by === search.get('by')) ?? 'project',
    window: OWN_WINDOWS.find((allowed) => allowed === window) ?? DEFAULT_OWN_WINDOW,
  };
}

export function writeRange({ name, at, from, to, by, window }: Range): URLSearchParams {
  const all = {
    range: name === DEFAULT_NAME ? '' : name,
    at: name === 'custom' ? '' : at,
    from: name === 'custom' ? from : '',
    to: name === 'custom' ? to : '',
    by: by === 'project' ? '' : by,
    window: window === DEFAULT_OWN_WINDOW ? '' : String(window),
  };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== ''));
}

/** @param today `2026-11-21` */
export function datesOf({ name, at, from, to }: Range, today: string): Dates {
  const day = at === '' ? today : at;
  switch (name) {
    case 'day':
      return { first: day, last: day };
    case 'week':
      return { first: addDays(day, -weekdayOf(day)), last: addDays(day, 6 - weekdayOf(day)) };
    case '14':
      return { first: addDays(day, -13), last: day };
    case 'month':
      return { first: `${day.slice(0, 7)}-01`, last: addDays(nextMonth(day), -1) };
    case 'custom': {
      const [first, last] = [from === '' ? addDays(today, -13) : from, to === '' ? today : to];
      return first <= last ? { first, last } : { first: last, last: first };
    }
  }
}

/** The range before it, or after it. */
export function moved(range: Range, today: string, step: -1 | 1): Range {
  const { first, last } = datesOf(range, today);
  const days = daysBetween(first, last) + 1;
  if (range.name === 'custom') return { ...range, from: addDays(first, step * days), to: addDays(last, step * days) };
  const to = range.name === 'month' && step === 1 ? nextMonth(first) : addDays(step === 1 ? last : first, step);
  const at = range.name === '14' ? addDays(last, step * days) : to;
  return { ...range, at: at === today ? '' : at };
}

/** @param now ms: what has not come yet is not asked for */
export function toQuery({ first, last }: Dates, { by, window }: Range, now: number): ActivityQuery {
  const from = LOCAL_TIME.startOf(first);
  const to = Math.max(from, Math.min(LOCAL_TIME.startOf(last, 1), now));
  return { from, to, zone: ZONE, by, window };
}

/** The weeks up to that of the last day, Monday first. */
export function calendarDates({ last }: Dates): Dates {
  const sunday = addDays(last, 6 - weekdayOf(last));
  return { first: addDays(sunday, 1 - 7 * CALENDAR_WEEKS), last: sunday };
}

export function datesIn({ first, last }: Dates): string[] {
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, at) => addDays(first, at));
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Monday. */
export function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

function nextMonth(date: string): string {
  return `${addDays(`${date.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}

function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS);
}

function dateIn(search: URLSearchParams, name: string): string {
  const date = search.get(name) ?? '';
  return DATE.test(date) && !Number.isNaN(Date.parse(date)) && date >= FIRST && date <= LAST ? date : '';
}
