/** The lines of the axis: at local midnights, months and hours of a time zone, over changes of its clock, too. */
import { DAY_MS } from '../model/constants.ts';
import type { TimeWindow } from './window.ts';

export type CalendarUnit = 'minute' | 'hour' | 'day' | 'month' | 'year';

export interface CalendarStep {
  readonly unit: CalendarUnit;
  readonly count: number;
  /** About so long, ms. */
  readonly length: number;
}

export interface CalendarLine {
  readonly time: number;
  /** The largest unit that begins here. */
  readonly begins: CalendarUnit;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const STEPS: readonly CalendarStep[] = [
  ...[1, 5, 15, 30].map((count) => ({ unit: 'minute' as const, count, length: count * MINUTE_MS })),
  ...[1, 3, 6, 12].map((count) => ({ unit: 'hour' as const, count, length: count * HOUR_MS })),
  ...[1, 7].map((count) => ({ unit: 'day' as const, count, length: count * DAY_MS })),
  ...[1, 3].map((count) => ({ unit: 'month' as const, count, length: count * 30.4 * DAY_MS })),
  ...[1, 5, 20, 100, 1_000].map((count) => ({ unit: 'year' as const, count, length: count * 365.25 * DAY_MS })),
];

const LAST_STEP: CalendarStep = { unit: 'year', count: 10_000, length: 10_000 * 365.25 * DAY_MS };

/** The shortest step of which two lines are at least so far from each other, ms. */
export function stepOf(least: number): CalendarStep {
  return STEPS.find(({ length }) => length >= least) ?? LAST_STEP;
}

/** A day as a calendar has it; months from 1. */
interface LocalDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export class Calendar {
  readonly #format: Intl.DateTimeFormat;
  /** Minutes, by quarter of an hour: no zone changes its clock inside one. */
  readonly #offsets = new Map<number, number>();

  /** @param timeZone IANA name */
  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
  }

  /** The lines in a window. There are about as many as steps fit in it. */
  lines(window: TimeWindow, step: CalendarStep): CalendarLine[] {
    const bounded = { from: Math.max(window.from, EARLIEST), to: Math.min(window.to, LATEST) };
    const times =
      step.unit === 'minute' || step.unit === 'hour' ? this.#clockLines(bounded, step) : this.#dayLines(bounded, step);
    const lines: CalendarLine[] = [];
    for (const time of times) {
      // where the clock jumps two names are one moment
      if (time < bounded.from || time > bounded.to || lines.at(-1)?.time === time) continue;
      lines.push({ time, begins: this.#beginning(time, step.unit) });
    }
    return lines;
  }

  /** When the day, month or year of a moment began. */
  beginOf(time: number, unit: 'day' | 'month' | 'year'): number {
    const { year, month, day } = this.#localDay(Math.min(Math.max(time, EARLIEST), LATEST));
    return this.#timeOf(year, unit === 'year' ? 1 : month, unit === 'day' ? day : 1, 0);
  }

  *#clockLines({ from, to }: TimeWindow, { length }: CalendarStep): Generator<number> {
    let { year, month, day } = this.#localDay(from);
    for (
      let midnight = this.#timeOf(year, month, day, 0);
      midnight <= to;
      midnight = this.#timeOf(year, month, day, 0)
    ) {
      const tomorrow = localOf(Date.UTC(year, month - 1, day + 1));
      const begin = this.#timeOf(year, month, day, 0);
      // from the first line that may be in sight; an hour before, since clocks jump
      const skipped = Math.max(0, Math.floor((from - begin - 2 * HOUR_MS) / length));
      for (let clock = skipped * length; clock < DAY_MS && begin + clock <= to + 2 * HOUR_MS; clock += length) {
        yield this.#timeOf(year, month, day, clock);
      }
      ({ year, month, day } = tomorrow);
    }
  }

  *#dayLines({ from, to }: TimeWindow, { unit, count }: CalendarStep): Generator<number> {
    let { year, month, day } = this.#localDay(from);
    if (unit === 'day' && count === 7) day -= (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
    if (unit !== 'day') day = 1;
    if (unit === 'month') month -= (month - 1) % count;
    if (unit === 'year') [year, month] = [Math.floor(year / count) * count, 1];
    for (let time = this.#timeOf(year, month, day, 0); time <= to; time = this.#timeOf(year, month, day, 0)) {
      yield time;
      if (unit === 'day') day += count;
      else if (unit === 'month') month += count;
      else year += count;
      ({ year, month, day } = localOf(utc(year, month, day)));
      if (utc(year, month, day) >= LATEST) return;
    }
  }

  #beginning(time: number, unit: CalendarUnit): CalendarUnit {
    const local = new Date(time + this.#offset(time));
    if (unit === 'minute' && local.getUTCMinutes() !== 0) return 'minute';
    const isMidnight = this.#timeOf(local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate(), 0) === time;
    if (!isMidnight) return unit === 'minute' || unit === 'hour' ? 'hour' : unit;
    if (local.getUTCDate() !== 1) return 'day';
    return local.getUTCMonth() === 0 ? 'year' : 'month';
  }

  #localDay(time: number): LocalDay {
    return localOf(time + this.#offset(time));
  }

  /** The moment of a local time; where the clock jumps over it, the moment it jumps. */
  #timeOf(year: number, month: number, day: number, clock: number): number {
    const local = utc(year, month, day) + clock;
    const guess = local - this.#offset(local - this.#offset(local));
    if (guess + this.#offset(guess) === local) return guess;
    const other = local - this.#offset(local - DAY_MS / 2);
    if (other + this.#offset(other) === local) return other;
    return this.#jumpBetween(Math.min(guess, other) - 3 * HOUR_MS, Math.max(guess, other) + 3 * HOUR_MS);
  }

  #jumpBetween(from: number, to: number): number {
    const before = this.#offset(from);
    let [low, high] = [Math.floor(from / QUARTER_HOUR_MS), Math.ceil(to / QUARTER_HOUR_MS)];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#offset(middle * QUARTER_HOUR_MS) === before) low = middle;
      else high = middle;
    }
    return high * QUARTER_HOUR_MS;
  }

  /** Local minus universal time, ms. */
  #offset(time: number): number {
    const bounded = Math.min(Math.max(time, EARLIEST), LATEST);
    const quarter = Math.floor(bounded / QUARTER_HOUR_MS);
    const known = this.#offsets.get(quarter);
    if (known !== undefined) return known;
    const at = quarter * QUARTER_HOUR_MS;
    const parts = new Map(this.#format.formatToParts(at).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type) ?? 0);
    const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
    const local = utc(year, part('month'), part('day')) + part('hour') * HOUR_MS + part('minute') * MINUTE_MS;
    const offset = local + part('second') * 1_000 - at;
    if (this.#offsets.size > KNOWN_OFFSETS) this.#offsets.clear();
    this.#offsets.set(quarter, offset);
    return offset;
  }
}

const QUARTER_HOUR_MS = 900_000;
const KNOWN_OFFSETS = 20_000;
/** A day inside what a date can be. */
const LATEST = 8.64e15 - 2 * DAY_MS;
const EARLIEST = -LATEST;

/** `Date.UTC` takes the years up to 99 for those of the last century. Years beyond all dates are the last, or the first. */
function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (Number.isNaN(date.getTime())) return year < 0 ? EARLIEST : LATEST;
  return date.getTime();
}

function localOf(local: number): LocalDay {
  const date = new Date(local);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
