/** The last moment a calendar has, ms since 1970: later ones can't be written as a date. */
const LAST = 8_640_000_000_000_000;

/** Whether a value from a file can be a time. */
export function isMoment(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= LAST;
}
