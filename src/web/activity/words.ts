import type { ActivityShare, ModelUse } from '../../core/model/activity-views.ts';

const LANGUAGE =
  typeof navigator === 'undefined' ? 'en-GB' : (navigator.languages.find((each) => each.startsWith('en')) ?? 'en-GB');
// dates are days here, whatever the zone: at noon UTC they are themselves everywhere they are written
const DAY = new Intl.DateTimeFormat(LANGUAGE, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const DATE = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const SHORT = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat(LANGUAGE, { month: 'short', timeZone: 'UTC' });
const WEEKDAY = new Intl.DateTimeFormat(LANGUAGE, { weekday: 'short', timeZone: 'UTC' });
const RATIO = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 });
const MONEY = new Intl.NumberFormat(LANGUAGE, {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const SMALL_MONEY = new Intl.NumberFormat(LANGUAGE, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 });
const COMPACT = new Intl.NumberFormat(LANGUAGE, { notation: 'compact', maximumFractionDigits: 1 });

function noon(date: string): number {
  return Date.parse(`${date}T12:00:00Z`);
}

/** `Sat, 21 Nov 2026` */
export function dayLabel(date: string): string {
  return date === '' ? '' : DAY.format(noon(date));
}

/** `21 Nov` */
export function shortDay(date: string): string {
  return SHORT.format(noon(date));
}

export function monthLabel(date: string): string {
  return MONTH.format(noon(date));
}

/** @param weekday 0 is Monday */
export function weekdayLabel(weekday: number): string {
  // 1 January 2024 was a Monday
  return WEEKDAY.format(Date.UTC(2024, 0, 1 + weekday, 12));
}

/** `8 – 21 Nov 2026` */
export function rangeLabel(first: string, last: string): string {
  return first === last ? dayLabel(first) : DATE.formatRange(noon(first), noon(last));
}

/** Agent time for each hour of own time; `n/a` without own time. */
export function ratioText({ ownMs, agentMs }: Pick<ActivityShare, 'ownMs' | 'agentMs'>): string {
  return ownMs === 0 ? 'n/a' : `${RATIO.format(agentMs / ownMs)} : 1`;
}

export function tokens(count: number): string {
  return COMPACT.format(count);
}

/** The recorded cost; `n/a` where none was recorded, and a word where some answers have none. */
export function costText({ cost, answers, answersWithCost }: ModelUse): string {
  if (cost === null) return 'n/a';
  const text = cost > 0 && cost < 0.1 ? SMALL_MONEY.format(cost) : MONEY.format(cost);
  return answersWithCost === answers ? text : `${text} of ${answersWithCost} answers; of the others n/a`;
}
