import { LocalTime } from '../activity/local-days.ts';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i;

/**
 * An ISO date as ms since 1970: a day's first or last moment in a time zone, or an instant. Null for anything else.
 *
 * @param timeZone IANA name
 */
export function parseMoment(text: string, end: 'first' | 'last', timeZone: string): number | null {
  const day = DAY.exec(text);
  if (day === null) return INSTANT.test(text) ? numberOrNull(Date.parse(text)) : null;
  const [year = 0, month = 0, date = 0] = day.slice(1).map(Number);
  const noon = new Date(Date.UTC(year, month - 1, date, 12));
  if (noon.getUTCMonth() !== month - 1 || noon.getUTCDate() !== date) return null;
  const time = new LocalTime(timeZone);
  return end === 'first' ? time.startOf(text) : time.startOf(text, 1) - 1;
}

function numberOrNull(time: number): number | null {
  return Number.isNaN(time) ? null : time;
}
