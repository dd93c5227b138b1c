const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const STEPS_MS = [1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS);
const HOURS = [1, 2, 3, 4, 6, 8, 12, 24, 48, 96, 168];

export interface Axis {
  readonly top: number;
  readonly ticks: readonly { readonly ms: number; readonly label: string }[];
}

/** An axis of time that a length fits on, with two to four lines. */
export function timeAxis(most: number): Axis {
  const steps = [...STEPS_MS, ...HOURS.map((hours) => hours * HOUR_MS)];
  const step = steps.find((each) => most <= each * 3) ?? Math.ceil(most / 3 / HOUR_MS / 100) * 100 * HOUR_MS;
  const count = Math.max(1, Math.ceil(most / step));
  return {
    top: count * step,
    ticks: Array.from({ length: count + 1 }, (_, at) => ({ ms: at * step, label: label(at * step) })),
  };
}

function label(ms: number): string {
  if (ms === 0) return '0';
  return ms < HOUR_MS ? `${ms / MINUTE_MS} min` : `${ms / HOUR_MS} h`;
}
