/** Calls `act` at most once per `everyMs`: at once, then with the newest value when the time is over. */
export function throttled<T>(everyMs: number, act: (value: T) => void): (value: T) => void {
  let waiting: { value: T } | null = null;
  let blocked = false;
  const free = (): void => {
    blocked = false;
    const next = waiting;
    waiting = null;
    if (next !== null) call(next.value);
  };
  const call = (value: T): void => {
    if (blocked) {
      waiting = { value };
      return;
    }
    blocked = true;
    setTimeout(free, everyMs);
    act(value);
  };
  return call;
}
