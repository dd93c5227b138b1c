/** Numbers and times as people read them. The interface is English: so are its numbers, in the reader's own variety. */

const LANGUAGES = typeof navigator === 'undefined' ? [] : navigator.languages;
export const LOCALE = LANGUAGES.find((language) => language.startsWith('en')) ?? 'en-GB';

/** A formatter costs several ms to make: each is made when it is first wanted. */
const madeOnce = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};
const dates = (options: Intl.DateTimeFormatOptions): (() => Intl.DateTimeFormat) =>
  madeOnce(() => new Intl.DateTimeFormat(LOCALE, options));

const NUMBER = madeOnce(() => new Intl.NumberFormat(LOCALE));
const ONE_DIGIT = madeOnce(() => new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 }));
const RELATIVE = madeOnce(() => new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' }));
const EXACT = dates({ dateStyle: 'full', timeStyle: 'medium' });
const DATE = dates({ day: 'numeric', month: 'short', year: 'numeric' });
const DAY_MONTH = dates({ day: 'numeric', month: 'short' });
const LONG_DAY = dates({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const CLOCK = dates({ hour: '2-digit', minute: '2-digit' });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function number(value: number): string {
  return NUMBER().format(value);
}

/** `1 session`, `38 sessions` */
export function counted(value: number, noun: string): string {
  return `${NUMBER().format(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `812 bytes`, `34.5 kB`, `1.2 MB`: decimal, as the limit is. */
export function bytes(value: number): string {
  if (value < 1000) return counted(value, 'byte');
  if (value < 1_000_000) return `${ONE_DIGIT().format(value / 1000)} kB`;
  if (value < 1_000_000_000) return `${ONE_DIGIT().format(value / 1_000_000)} MB`;
  return `${ONE_DIGIT().format(value / 1_000_000_000)} GB`;
}

export function megabytes(value: number): string {
  return ONE_DIGIT().format(value / 1_000_000);
}

/** `0.4 s`, `12 s`, `3 min` */
export function duration(ms: number): string {
  if (ms < 10_000) return `${ONE_DIGIT().format(ms / 1000)} s`;
  if (ms < 2 * MINUTE) return `${Math.round(ms / 1000)} s`;
  if (ms < 2 * HOUR) return `${Math.round(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${ONE_DIGIT().format(ms / HOUR)} h`;
  return `${Math.round(ms / DAY)} days`;
}

/** `3 hours ago`, `yesterday`, and the date when it is longer ago than a month. */
export function relative(time: number, now: number): string {
  const past = time - now;
  const size = Math.abs(past);
  if (size < MINUTE) return 'just now';
  if (size < HOUR) return RELATIVE().format(Math.round(past / MINUTE), 'minute');
  if (size < DAY) return RELATIVE().format(Math.round(past / HOUR), 'hour');
  if (size < 31 * DAY) return RELATIVE().format(Math.round(past / DAY), 'day');
  return DATE().format(time);
}

/** `7 weeks ago`, `4 months ago`: beside a date, which it must not say again. */
export function distance(time: number, now: number): string {
  const past = time - now;
  const days = Math.round(past / DAY);
  if (Math.abs(days) < 31) return relative(time, now);
  if (Math.abs(days) < 70) return RELATIVE().format(Math.round(days / 7), 'week');
  if (Math.abs(days) < 700) return RELATIVE().format(Math.round(days / 30.44), 'month');
  return RELATIVE().format(Math.round(days / 365.25), 'year');
}

export function exact(time: number): string {
  return EXACT().format(time);
}

export function date(time: number): string {
  return DATE().format(time);
}

export function longDay(time: number): string {
  return LONG_DAY().format(time);
}

export function clock(time: number): string {
  return CLOCK().format(time);
}

/** `12 Aug – 21 Nov 2026` */
export function span(first: number, last: number): string {
  const sameDay = DATE().format(first) === DATE().format(last);
  if (sameDay) return DATE().format(last);
  const sameYear = new Date(first).getFullYear() === new Date(last).getFullYear();
  return `${sameYear ? DAY_MONTH().format(first) : DATE().format(first)} – ${DATE().format(last)}`;
}

/** The first time each format is used the browser loads what it needs for it: done ahead, one by one, no screen waits for it. */
export const FORMATS_AHEAD: readonly (() => void)[] = [
  () => NUMBER().format(0),
  () => ONE_DIGIT().format(0),
  () => RELATIVE().format(-1, 'day'),
  ...[EXACT, DATE, DAY_MONTH, LONG_DAY, CLOCK].map((format) => () => void format().format(0)),
];
