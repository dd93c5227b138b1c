/**
 * Calls `act` at most once per `everyMs`: at once, then with the newest value when the time is over. A value of another
 * kind than the one before never waits.
 *
 * @example
 * const tell = throttled(80, ({ phase }) => phase, show);
 */
export function throttled<T>(everyMs: number, kindOf: (value: T) => string, act: (value: T) => void) {
  let waiting: { value: T } | null = null;
  let blocked: ReturnType<typeof setTimeout> | null = null;
  let kind = '';
  const pass = (value: T): void => {
    if (blocked !== null) clearTimeout(blocked);
    waiting = null;
    kind = kindOf(value);
    blocked = setTimeout(() => {
      blocked = null;
      if (waiting !== null) pass(waiting.value);
    }, everyMs);
    act(value);
  };
  return (value: T): void => {
    if (blocked !== null && kindOf(value) === kind) waiting = { value };
    else pass(value);
  };
}
