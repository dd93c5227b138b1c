/** How many agents were at work at once. */
import type { Stretch } from '../model/activity.ts';
import type { ActivityReport } from '../model/activity-views.ts';

const HOUR_MS = 3_600_000;
/** A chart of more is not read. */
const MOST_STEPS = 400;
const STEPS_MS = [HOUR_MS / 4, HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS];

/**
 * The most at once within each slot.
 *
 * @param slots by time, apart from each other
 */
export function peaksOf(intervals: readonly Stretch[], slots: readonly Stretch[]): number[] {
  const peaks = slots.map(() => 0);
  const [from, to] = [slots[0]?.start ?? 0, slots.at(-1)?.end ?? 0];
  let first = 0;
  for (const { start, end, count } of levelsOf(
    intervals.filter((interval) => interval.end > from && interval.start < to),
  )) {
    while ((slots[first]?.end ?? Number.POSITIVE_INFINITY) <= start) first += 1;
    for (let at = first; (slots[at]?.start ?? Number.POSITIVE_INFINITY) < end; at++) {
      peaks[at] = Math.max(peaks[at] ?? 0, count);
    }
  }
  return peaks;
}

/** In steps as fine as a chart can show. */
export function parallelSteps(intervals: readonly Stretch[], from: number, to: number): ActivityReport['parallel'] {
  const stepMs = STEPS_MS.find((step) => (to - from) / step <= MOST_STEPS) ?? (to - from) / MOST_STEPS;
  const count = to > from ? Math.ceil((to - from) / stepMs) : 0;
  const slots = Array.from({ length: count }, (_, at) => ({
    start: from + at * stepMs,
    end: Math.min(to, from + (at + 1) * stepMs),
  }));
  const peaks = peaksOf(intervals, slots);
  return { stepMs, steps: slots.map(({ start }, at) => ({ start, peak: peaks[at] ?? 0 })) };
}

/** Stretches of time in which as many were open, by time. */
function* levelsOf(intervals: readonly Stretch[]): Generator<Stretch & { readonly count: number }> {
  const starts = intervals.map(({ start }) => start).sort((a, b) => a - b);
  const ends = intervals.map(({ end }) => end).sort((a, b) => a - b);
  let [opened, closed, before] = [0, 0, starts[0] ?? 0];
  while (closed < ends.length) {
    const time = Math.min(starts[opened] ?? Number.POSITIVE_INFINITY, ends[closed] ?? Number.POSITIVE_INFINITY);
    if (time > before && opened > closed) yield { start: before, end: time, count: opened - closed };
    before = time;
    while ((ends[closed] ?? Number.POSITIVE_INFINITY) <= time) closed += 1;
    while ((starts[opened] ?? Number.POSITIVE_INFINITY) <= time) opened += 1;
  }
}
