/**
 * Calls `act` when no call came for `quietMs`, and at the latest `atMostMs` after the first: a file that is written all the time
 * is looked at all the same.
 *
 * @example
 * const changed = settled(1_000, 10_000, () => rescan(place));
 */
export function settled(quietMs: number, atMostMs: number, act: () => void): { call(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let first = 0;
  const stop = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const call = (): void => {
    const now = performance.now();
    if (timer === null) first = now;
    else clearTimeout(timer);
    timer = setTimeout(
      () => {
        timer = null;
        act();
      },
      Math.max(0, Math.min(quietMs, first + atMostMs - now)),
    );
  };
  return { call, stop };
}
