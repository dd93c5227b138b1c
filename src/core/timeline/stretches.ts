import { DAY_MS } from '../model/constants.ts';

/** A longer silence parts a session into stretches. */
export const SILENCE_MS = DAY_MS;

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * When something happened in a session: one stretch, or several where it was silent for more than a day in between.
 *
 * @param moments sorted
 */
export function stretchesOf({ start, end }: Stretch, moments: ArrayLike<number>): Stretch[] {
  const stretches: Stretch[] = [];
  let from = Math.min(start, moments[0] ?? start);
  let to = from;
  const hear = (time: number): void => {
    if (time - to > SILENCE_MS) {
      stretches.push({ start: from, end: to });
      from = time;
    }
    to = Math.max(to, time);
  };
  let isStartHeard = false;
  for (let at = 0; at < moments.length; at += 1) {
    const time = moments[at] ?? start;
    if (!isStartHeard && time >= start) {
      isStartHeard = true;
      hear(start);
    }
    hear(time);
  }
  hear(start);
  hear(end);
  stretches.push({ start: from, end: to });
  return stretches;
}
