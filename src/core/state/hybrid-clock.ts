/**
 * Hybrid logical clock: stamps that order writes of all devices, whatever their wall clocks say.
 *
 * Contract:
 * - A stamp made after another one on the same device, or after `seen` was told of it, is greater as a string.
 * - Stamps of two devices never compare equal.
 * - A wall clock that is far ahead does not carry others away: `seen` goes at most `MOST_AHEAD_MS` beyond the own one. A write
 *   over a record from further ahead is made later than that record alone (`laterThan`).
 */
export type Stamp = string;

const TIME_DIGITS = 9;
const COUNTER_DIGITS = 4;
const MOST_COUNTED = 36 ** COUNTER_DIGITS - 1;

/** Two clocks that are each a day off, one ahead and one behind. */
export const MOST_AHEAD_MS = 2 * 86_400_000;

export interface HybridClock {
  /** The stamp of one commit. All records written together share it. */
  tick(now: number): Stamp;
  /** Learns of a stamp from storage or another device. @param now ms: what is too far ahead of it is passed */
  seen(stamp: Stamp, now?: number): void;
}

export function createHybridClock(device: string, last: Stamp | null = null): HybridClock {
  let at: Reading = last === null ? { time: 0, counter: 0 } : parseStamp(last);
  return {
    tick(now) {
      at = now > at.time ? { time: now, counter: 0 } : next(at);
      return formatStamp(at, device);
    },
    seen(stamp, now = Number.POSITIVE_INFINITY) {
      const other = parseStamp(stamp);
      if (other.time > now + MOST_AHEAD_MS) return;
      if (other.time > at.time || (other.time === at.time && other.counter > at.counter)) at = other;
    },
  };
}

/** The wall-clock part of a stamp, ms since 1970. */
export function stampTime(stamp: Stamp): number {
  return parseStamp(stamp).time;
}

/** `stamp`, or one of its device that is just later than `before`, should that be ahead of it. */
export function laterThan(stamp: Stamp, before: Stamp | null | undefined): Stamp {
  if (before === null || before === undefined || stamp > before) return stamp;
  return formatStamp(next(parseStamp(before)), stamp.slice(TIME_DIGITS + COUNTER_DIGITS));
}

/** The least stamp of a moment, ms since 1970: any other of it is greater. */
export function stampAt(time: number): Stamp {
  return formatStamp({ time, counter: 0 }, '');
}

interface Reading {
  readonly time: number;
  readonly counter: number;
}

function next({ time, counter }: Reading): Reading {
  return counter < MOST_COUNTED ? { time, counter: counter + 1 } : { time: time + 1, counter: 0 };
}

function formatStamp({ time, counter }: Reading, device: string): Stamp {
  const head = Math.max(0, Math.trunc(time)).toString(36).padStart(TIME_DIGITS, '0');
  return head + counter.toString(36).padStart(COUNTER_DIGITS, '0') + device;
}

function parseStamp(stamp: Stamp): Reading {
  const time = Number.parseInt(stamp.slice(0, TIME_DIGITS), 36);
  const counter = Number.parseInt(stamp.slice(TIME_DIGITS, TIME_DIGITS + COUNTER_DIGITS), 36);
  return { time: Number.isNaN(time) ? 0 : time, counter: Number.isNaN(counter) ? 0 : counter };
}
