/**
 * Own time, estimated: of each prompt a person wrote, in whatever session, the smaller of the gap to the next one and the window.
 *
 * @param times of all prompts, ms, by time
 * @param at which of them
 * @returns when its own time ends, ms
 */
export function ownEnd(times: { readonly [at: number]: number | undefined }, at: number, windowMs: number): number {
  const time = times[at] ?? 0;
  return Math.min(times[at + 1] ?? Number.POSITIVE_INFINITY, time + windowMs);
}
