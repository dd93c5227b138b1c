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
  return end === 'first' ? midnight(year, month, date, timeZone) : midnight(year, month, date + 1, timeZone) - 1;
}

/** When a day begins there. */
function midnight(year: number, month: number, date: number, timeZone: string): number {
  const there = Date.UTC(year, month - 1, date);
  const guess = there - offset(there, timeZone);
  return there - offset(guess, timeZone);
}

/** By how much clocks there are ahead of UTC, ms. */
function offset(time: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function numberOrNull(time: number): number | null {
  return Number.isNaN(time) ? null : time;
}
