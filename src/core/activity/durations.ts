const MINUTE_MS = 60_000;

/** `2 h 05 min`, `5 min`, `< 1 min`; `0 min` for nothing. */
export function durationText(ms: number): string {
  if (ms <= 0) return '0 min';
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes === 0) return '< 1 min';
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return `${hours.toLocaleString('en-US')} h ${String(rest).padStart(2, '0')} min`;
}
