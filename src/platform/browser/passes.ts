/** Passes over something long, one of each kind at a time: a new one ends the one before it, and none of another kind. */
export class Passes<Kind extends string> {
  readonly #running = new Map<Kind, AbortController>();

  /** The signal is aborted when the pass is to end. */
  begin(kind: Kind): AbortSignal {
    this.stop(kind);
    const pass = new AbortController();
    this.#running.set(kind, pass);
    return pass.signal;
  }

  stop(kind: Kind): void {
    this.#running.get(kind)?.abort();
  }

  stopAll(): void {
    for (const pass of this.#running.values()) pass.abort();
  }
}
