/** Calls `act` after so many ms, unless what it gives back is called before. */
export type After = (ms: number, act: () => void) => () => void;

/**
 * Aborts its signal when nothing came for so long. To be told of every piece that comes, and of the end.
 *
 * @example
 * const silence = new Silence(ports.after, 60_000);
 */
export class Silence {
  readonly #after: After;
  readonly #limitMs: number;
  readonly #controller = new AbortController();
  #cancel: () => void;
  isOver = false;

  constructor(after: After, limitMs: number) {
    this.#after = after;
    this.#limitMs = limitMs;
    this.#cancel = this.#begin();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get seconds(): number {
    return Math.round(this.#limitMs / 100) / 10;
  }

  broken(): void {
    this.#cancel();
    this.#cancel = this.#begin();
  }

  end(): void {
    this.#cancel();
  }

  #begin(): () => void {
    return this.#after(this.#limitMs, () => {
      this.isOver = true;
      this.#controller.abort();
    });
  }
}
