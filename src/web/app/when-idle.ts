/** Nothing waits longer than this for the page to be idle, ms. */
const LATEST_MS = 500;

/** Does one after the other, each when the page has nothing else to do. What one of them begins, the next does not wait for. */
export function whenIdle(tasks: readonly (() => void)[]): void {
  const [first, ...rest] = tasks;
  if (first === undefined) return;
  onceIdle(() => {
    whenIdle(rest);
    first();
  });
}

function onceIdle(act: () => void): void {
  // Safari has none
  if ('requestIdleCallback' in window) window.requestIdleCallback(act, { timeout: LATEST_MS });
  else setTimeout(act);
}
