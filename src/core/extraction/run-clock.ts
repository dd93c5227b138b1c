import { sleepFor } from '../net/sleep.ts';

/** The clock of a run. Where the clock stands still, as with a fixed time, waiting moves it. */
export class RunClock {
  readonly #now: () => number;
  readonly #sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly #began = performance.now();
  #ahead = 0;

  /** @param now ms since 1970 */
  constructor(now: () => number, sleep: (ms: number, signal: AbortSignal) => Promise<void> = sleepFor) {
    this.#now = now;
    this.#sleep = sleep;
  }

  now(): number {
    return this.#now() + this.#ahead;
  }

  /** ms since the run began, of real time. */
  elapsed(): number {
    return performance.now() - this.#began;
  }

  /** Ends early when the signal says so. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    const until = this.now() + ms;
    await this.#sleep(ms, signal);
    if (!signal.aborted) this.#ahead += Math.max(0, until - this.now());
  }

  /** Lets everything else that waits have its turn. */
  breathe(): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
  }
}
