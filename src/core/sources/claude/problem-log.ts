import type { Problem, ProblemCode, Severity } from '../../model/problem.ts';
import { ProblemLog as Log } from '../problem-log.ts';

/** Collects the problems of one session's files, by file and line. */
export class ProblemLog {
  readonly #problems: Problem[] = [];
  readonly #log = new Log('', (found) => this.#problems.push(found));

  /** @param line counted from 1; null for the file as a whole */
  add(
    code: ProblemCode,
    severity: Severity,
    file: string,
    line: number | null,
    message: string,
    lost?: Problem['lost'],
  ): void {
    this.#log.line(code, severity, file, line, message, lost);
  }

  get isEmpty(): boolean {
    return this.#problems.length === 0;
  }

  /** All of them; those that were not told one by one as one line with their number. */
  problems(): Problem[] {
    this.#log.finish();
    return [...this.#problems];
  }
}
