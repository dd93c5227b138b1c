import type { Stretch } from '../model/activity.ts';

/** The same stretches in order, those that overlap or touch as one. Moments stay, as stretches without a length. */
export function merged(stretches: readonly Stretch[]): Stretch[] {
  const sorted = stretches.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const apart: { start: number; end: number }[] = [];
  for (const { start, end } of sorted) {
    const last = apart.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else apart.push({ start, end });
  }
  return apart;
}

/** ms of them all, which must not overlap to be a time that passed. */
export function lengthOf(stretches: Iterable<Stretch>): number {
  let sum = 0;
  for (const { start, end } of stretches) sum += end - start;
  return sum;
}
