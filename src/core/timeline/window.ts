/** The part of time that is looked at, and how it is moved. Times are ms since 1970. */
import { DAY_MS } from '../model/constants.ts';

export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Nothing shorter is looked at. */
export const SHORTEST_MS = 60_000;
/** Beyond the first and last moment as much of the whole is shown, so that nothing sticks to the edge. */
const MARGIN = 0.02;

/** Everything there is, with a margin. */
export function wholeWindow(first: number, last: number): TimeWindow {
  const length = Math.max(last - first, SHORTEST_MS);
  const middle = (first + last) / 2;
  const half = length * (0.5 + MARGIN);
  return { from: middle - half, to: middle + half };
}

export function lengthOf({ from, to }: TimeWindow): number {
  return to - from;
}

/** Not shorter than a minute, not longer than the whole, and inside it. */
export function within({ from, to }: TimeWindow, whole: TimeWindow): TimeWindow {
  const most = lengthOf(whole);
  const length = Math.min(Math.max(to - from, Math.min(SHORTEST_MS, most)), most);
  if (length >= most) return whole;
  const middle = (from + to) / 2;
  const start = Math.min(Math.max(middle - length / 2, whole.from), whole.to - length);
  return { from: start, to: start + length };
}

/** @param factor of the length: below 1 comes nearer @param anchor the time that stays where it is */
export function zoomed(shown: TimeWindow, factor: number, anchor: number, whole: TimeWindow): TimeWindow {
  const shortest = Math.min(SHORTEST_MS, lengthOf(whole));
  const bounded = Math.min(Math.max(lengthOf(shown) * factor, shortest), lengthOf(whole)) / lengthOf(shown);
  const from = anchor - (anchor - shown.from) * bounded;
  return within({ from, to: from + lengthOf(shown) * bounded }, whole);
}

/** @param by ms; above 0 goes later */
export function moved(shown: TimeWindow, by: number, whole: TimeWindow): TimeWindow {
  return within({ from: shown.from + by, to: shown.to + by }, whole);
}

/** As long as it was, with this stretch in it: as it is when it is there already, else with the stretch in the middle. */
export function showing(shown: TimeWindow, { from, to }: TimeWindow, whole: TimeWindow): TimeWindow {
  if (from >= shown.from && to <= shown.to) return shown;
  // what is longer than the window shows its beginning
  const length = lengthOf(shown);
  const middle = to - from > length ? from + length * 0.45 : (from + to) / 2;
  return within({ from: middle - length / 2, to: middle + length / 2 }, whole);
}

/** As long as it was, up to now. */
export function endingNow(shown: TimeWindow, now: number, whole: TimeWindow): TimeWindow {
  return moved(shown, now + lengthOf(shown) * MARGIN - shown.to, whole);
}

/** The last days up to now. */
export function lastDaysWindow(days: number, now: number, whole: TimeWindow): TimeWindow {
  const length = days * DAY_MS;
  return within({ from: now - length * (1 - MARGIN), to: now + length * MARGIN }, whole);
}
