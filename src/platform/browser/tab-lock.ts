/** One tab owns a workspace; the others wait for it to go. */

/** Resolves with true when the lock is this tab's from now on, with false when another tab has it. */
export function tryToOwn(name: string): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(true);
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : forever();
      })
      .catch(reject);
  });
}

/** Resolves when the other tab is gone and the lock is this tab's. */
export function waitToOwn(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, () => {
        resolve();
        return forever();
      })
      .catch(reject);
  });
}

/** The lock is given back when the worker ends. */
function forever(): Promise<never> {
  return new Promise(() => {});
}
