/** What joins the axis and the conversation of a persona: each tells the other where the person is. */
import type { TimeWindow } from '../../core/timeline/window.ts';

export class ReadingPlace {
  readonly #listeners = new Set<(seen: TimeWindow) => void>();
  #last: TimeWindow | null = null;
  #go: (row: number) => void = () => undefined;

  /** The conversation goes to a line, and marks it. */
  show(row: number): void {
    this.#go(row);
  }

  /** Who shows the lines. */
  shownBy(go: (row: number) => void): () => void {
    this.#go = go;
    return () => {
      if (this.#go === go) this.#go = () => undefined;
    };
  }

  /** The messages that are in sight are from this time. */
  saw(seen: TimeWindow): void {
    this.#last = seen;
    for (const listener of this.#listeners) listener(seen);
  }

  /** Told at once what was seen last, too. */
  subscribe(listener: (seen: TimeWindow) => void): () => void {
    this.#listeners.add(listener);
    if (this.#last !== null) listener(this.#last);
    return () => this.#listeners.delete(listener);
  }
}
