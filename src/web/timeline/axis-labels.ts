/** The words on the lines of the axis. */
import type { CalendarLine, CalendarStep, CalendarUnit } from '../../core/timeline/calendar.ts';
import { Calendar, stepOf } from '../../core/timeline/calendar.ts';
import type { Scale } from '../../core/timeline/scale.ts';
import { xOf } from '../../core/timeline/scale.ts';
import { LOCALE } from '../ui/format.ts';

/** Lines are at least so far from each other, px. */
const LEAST_PX = 58;
const CALENDAR = new Calendar(Intl.DateTimeFormat().resolvedOptions().timeZone);

const CLOCK = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(LOCALE, { day: 'numeric' });
const WEEKDAY = new Intl.DateTimeFormat(LOCALE, { weekday: 'short', day: 'numeric' });
const MONTH = new Intl.DateTimeFormat(LOCALE, { month: 'short' });
const YEAR = new Intl.DateTimeFormat(LOCALE, { year: 'numeric' });
const WHOLE_DAY = new Intl.DateTimeFormat(LOCALE, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const WHOLE_MONTH = new Intl.DateTimeFormat(LOCALE, { month: 'long', year: 'numeric' });

export interface LabelledLine {
  readonly x: number;
  readonly label: string;
  /** A larger unit begins here. */
  readonly isStrong: boolean;
}

export interface AxisLabels {
  readonly lines: readonly LabelledLine[];
  /** What the lines are in: the day of hours, the month of days; the first may begin before the window. */
  readonly contexts: readonly { readonly x: number; readonly label: string }[];
}

export function axisLabels(scale: Scale): AxisLabels {
  const step = stepOf(LEAST_PX * scale.msPerPixel);
  const lines = CALENDAR.lines(scale, step).map((line) => ({
    x: xOf(scale, line.time),
    label: labelOf(line, step),
    isStrong: isStrong(line.begins, step.unit),
  }));
  return { lines, contexts: contextsOf(scale, step.unit) };
}

function labelOf({ time, begins }: CalendarLine, step: CalendarStep): string {
  if (step.unit === 'year' || begins === 'year')
    return step.unit === 'year' ? YEAR.format(time) : dayOrMonth(time, step);
  if (step.unit === 'minute' || step.unit === 'hour') return CLOCK.format(time);
  return dayOrMonth(time, step);
}

function dayOrMonth(time: number, { unit, count }: CalendarStep): string {
  if (unit === 'month') return MONTH.format(time);
  if (unit === 'day') return count === 1 ? WEEKDAY.format(time) : DAY.format(time);
  return CLOCK.format(time);
}

const ORDER: readonly CalendarUnit[] = ['minute', 'hour', 'day', 'month', 'year'];

function isStrong(begins: CalendarUnit, unit: CalendarUnit): boolean {
  const least = unit === 'minute' ? 'day' : unit;
  return ORDER.indexOf(begins) > ORDER.indexOf(least);
}

function contextsOf(scale: Scale, unit: CalendarUnit): AxisLabels['contexts'] {
  if (unit === 'year') return [];
  const context = unit === 'month' ? 'year' : unit === 'day' ? 'month' : 'day';
  const format = { day: WHOLE_DAY, month: WHOLE_MONTH, year: YEAR }[context];
  const step = stepOf({ day: 86_400_000, month: 20 * 86_400_000, year: 300 * 86_400_000 }[context]);
  const begins = [CALENDAR.beginOf(scale.from, context), ...CALENDAR.lines(scale, step).map(({ time }) => time)];
  return [...new Set(begins)].map((time) => ({ x: xOf(scale, time), label: format.format(time) }));
}
