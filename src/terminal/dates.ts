import { UsageError } from './errors.ts';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * An ISO date as ms since 1970. A day alone (`2026-11-21`) is its first moment, or its last one, in this machine's time zone; so
 * is a time without a zone. Throws UsageError for anything else.
 *
 * @param option whose value it is, for the message
 */
export function parseDate(text: string, option: string, end: 'first' | 'last' = 'first'): number {
  const day = DAY.exec(text);
  const time = day ? localDay(day.slice(1).map(Number), end) : INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new UsageError(`--${option} is "${text}". It must be an ISO date: 2026-11-21 or 2026-11-21T08:30:00Z.`);
  }
  return time;
}

function localDay([year = 0, month = 0, day = 0]: readonly number[], end: 'first' | 'last'): number {
  const date = new Date(year, month - 1, day);
  if (date.getMonth() !== month - 1 || date.getDate() !== day) return Number.NaN;
  return end === 'first' ? date.getTime() : new Date(year, month - 1, day + 1).getTime() - 1;
}
