import type { ImportProgress } from '../model/views.ts';

/** Tells how far the import is, over all sources. */
export class Reporter {
  readonly #tell: (progress: ImportProgress) => void;
  readonly #elapsed: () => number;
  #sessions = 0;
  #messages = 0;

  constructor(tell: (progress: ImportProgress) => void, elapsed: () => number) {
    this.#tell = tell;
    this.#elapsed = elapsed;
  }

  foundSessions(count: number): void {
    this.#sessions += count;
  }

  foundMessages(count: number): void {
    this.#messages += count;
  }

  report(
    phase: ImportProgress['phase'],
    path: string,
    done: number,
    total: number,
    unit: ImportProgress['unit'],
    reading = 0,
  ): void {
    this.#tell({
      phase,
      path,
      done,
      total,
      unit,
      sessions: this.#sessions,
      messages: this.#messages + reading,
      elapsedMs: this.#elapsed(),
    });
  }
}
