import type { PassProgress } from '../source.ts';

/**
 * How far a pass is, in files. How many parts there are is known only when their folders were listed: it is guessed from the
 * messages so far, so that the fraction that is done never runs back.
 */
export class FileProgress {
  readonly #allMessages: number;
  readonly #files: () => number;
  readonly #tell: (progress: PassProgress) => void;
  #messages = 0;

  /**
   * @param allMessages message files of the wanted sessions, as the session list counted them
   * @param files how many files were read so far
   */
  constructor(allMessages: number, files: () => number, tell: (progress: PassProgress) => void) {
    this.#allMessages = allMessages;
    this.#files = files;
    this.#tell = tell;
  }

  /** One message was read with all its parts. */
  step(): void {
    this.#messages++;
    const done = this.#files();
    const guess = Math.round((done / this.#messages) * this.#allMessages);
    this.#tell({ done, total: Math.max(done, guess) });
  }

  end(): void {
    const done = this.#files();
    this.#tell({ done, total: done });
  }
}
