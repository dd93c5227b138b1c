/** Days and hours as a clock in a time zone shows them: of 23 and 25 hours too, and where midnight does not exist. */
import { DAY_MS } from '../model/constants.ts';
import { problem, ProblemError } from '../model/problem.ts';

const HOUR_MS = 3_600_000;
/** Finer than any zone's difference to a whole hour. */
const SLICE_MS = 900_000;
/** No clock is further from UTC. */
const FAR_MS = 36 * HOUR_MS;

export interface LocalDay {
  /** `2026-11-21` */
  readonly date: string;
  readonly start: number;
  /** The start of the next one. */
  readonly end: number;
}

/** Part of a day, within one hour of the clock. */
export interface LocalHour {
  readonly start: number;
  readonly end: number;
  /** 0 to 167, Monday 0:00 first. */
  readonly hourOfWeek: number;
}

export class LocalTime {
  readonly #format: Intl.DateTimeFormat;
  readonly #starts = new Map<number, number>();

  /** @throws ProblemError when there is no such zone */
  constructor(zone: string) {
    try {
      this.#format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
        timeZone: zone,
        hourCycle: 'h23',
        era: 'short',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      const text = `There is no time zone "${zone}". Zones are named like Europe/Berlin or UTC.`;
      throw new ProblemError(problem('no-zone', 'error', '', text));
    }
  }

  /** The days that have a moment in common with the range, cut to it. @param to not included */
  daysIn(from: number, to: number): LocalDay[] {
    const days: LocalDay[] = [];
    if (!(to > from)) return days;
    for (let day = this.#dayOf(from); ; day++) {
      const [start, end] = [Math.max(from, this.#startOf(day)), Math.min(to, this.#startOf(day + 1))];
      if (end > start) days.push({ date: dateOf(day), start, end });
      if (this.#startOf(day + 1) >= to) return days;
    }
  }

  /** `2026-11-21` */
  dateAt(time: number): string {
    return dateOf(this.#dayOf(time));
  }

  /** The first moment of a day, and of those after and before it. @param date `2026-11-21` */
  startOf(date: string, daysLater = 0): number {
    return this.#startOf(Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS) + daysLater);
  }

  /** The hours of a day, or of the part of it that is given. */
  hoursOf({ date, start, end }: LocalDay): LocalHour[] {
    const day = Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
    // 1 January 1970 was a Thursday
    const weekday = (((day + 3) % 7) + 7) % 7;
    const [whole, next] = [this.#startOf(day), this.#startOf(day + 1)];
    const isPlain = next - whole === DAY_MS && this.#offsetAt(whole) === this.#offsetAt(next - 1);
    const step = isPlain ? HOUR_MS : SLICE_MS;
    const hours: LocalHour[] = [];
    for (let at = whole; at < next; at += step) {
      const hour = isPlain ? (at - whole) / HOUR_MS : this.#hourAt(at);
      const [from, to] = [Math.max(at, start), Math.min(at + step, next, end)];
      if (to > from) hours.push({ start: from, end: to, hourOfWeek: weekday * 24 + hour });
    }
    return hours;
  }

  #hourAt(time: number): number {
    return Math.floor(modulo(time + this.#offsetAt(time), DAY_MS) / HOUR_MS);
  }

  #dayOf(time: number): number {
    return Math.floor((time + this.#offsetAt(time)) / DAY_MS);
  }

  #startOf(day: number): number {
    const known = this.#starts.get(day);
    if (known !== undefined) return known;
    const start = this.#findStart(day);
    this.#starts.set(day, start);
    return start;
  }

  #findStart(day: number): number {
    const utc = day * DAY_MS;
    const guess = utc - this.#offsetAt(utc - this.#offsetAt(utc));
    if (this.#dayOf(guess) >= day && this.#dayOf(guess - 1) < day) return guess;
    let [before, after] = [utc - FAR_MS, utc + FAR_MS];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (this.#dayOf(middle) >= day) after = middle;
      else before = middle;
    }
    return after;
  }

  /** What the clock is ahead of UTC, ms. */
  #offsetAt(time: number): number {
    const whole = Math.floor(time / 1_000) * 1_000;
    const part: Record<string, number> = {};
    let isBefore = false;
    for (const { type, value } of this.#format.formatToParts(whole)) {
      if (type === 'era') isBefore = value.startsWith('B');
      else part[type] = Number(value);
    }
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    const wall = new Date(0);
    wall.setUTCFullYear(isBefore ? 1 - year : year, month - 1, day);
    wall.setUTCHours(hour, minute, second);
    return wall.getTime() - whole;
  }
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function modulo(number: number, by: number): number {
  return ((number % by) + by) % by;
}
