/**
 * Hybrid logical clock: stamps that order writes of all devices, whatever their wall clocks say.
 *
 * Contract: a stamp made after another one on the same device, or after `seen` was told of it, is greater as a string.
 * Stamps of two devices never compare equal.
 */
export type Stamp = string;

const TIME_DIGITS = 9;
const COUNTER_DIGITS = 4;

export interface HybridClock {
  /** The stamp of one commit. All records written together share it. */
  tick(now: number): Stamp;
  /** Learns of a stamp from storage or another device. */
  seen(stamp: Stamp): void;
}

export function createHybridClock(device: string, last: Stamp | null = null): HybridClock {
  let { time, counter } = last === null ? { time: 0, counter: 0 } : parseStamp(last);
  return {
    tick(now) {
      if (now > time) {
        time = now;
        counter = 0;
      } else {
        counter += 1;
      }
      return formatStamp(time, counter, device);
    },
    seen(stamp) {
      const other = parseStamp(stamp);
      if (other.time > time || (other.time === time && other.counter > counter)) {
        time = other.time;
        counter = other.counter;
      }
    },
  };
}

/** The wall-clock part of a stamp, ms since 1970. */
export function stampTime(stamp: Stamp): number {
  return parseStamp(stamp).time;
}

function formatStamp(time: number, counter: number, device: string): Stamp {
  const head = Math.max(0, Math.trunc(time)).toString(36).padStart(TIME_DIGITS, '0');
  return head + counter.toString(36).padStart(COUNTER_DIGITS, '0') + device;
}

function parseStamp(stamp: Stamp): { time: number; counter: number } {
  const time = Number.parseInt(stamp.slice(0, TIME_DIGITS), 36);
  const counter = Number.parseInt(stamp.slice(TIME_DIGITS, TIME_DIGITS + COUNTER_DIGITS), 36);
  return { time: Number.isNaN(time) ? 0 : time, counter: Number.isNaN(counter) ? 0 : counter };
}
