import type { PassProgress } from '../source.ts';

/**
 * How far a pass is, in files. How many parts there are is known only when their folders were listed: it is guessed from the
 * messages so far, so that the fraction that is done never runs back.
 */
export class FileProgress {
  readonly #allMessages: number;
  readonly #tell: (progress: PassProgress) => void;
  #messages = 0;

  /**
   * @param allMessages message files of the wanted sessions, as the session list counted them
   */
  constructor(allMessages: number, tell: (progress: PassProgress) => void) {
    this.#allMessages = allMessages;
    this.#tell = tell;
  }

  /**
   * One message was read with all its parts.
   *
   * @param done files so far
   */
  step(done: number): void {
    this.#messages++;
    const guess = Math.round((done / this.#messages) * this.#allMessages);
    this.#tell({ done, total: Math.max(done, guess) });
  }

  end(done: number): void {
    this.#tell({ done, total: done });
  }
}
