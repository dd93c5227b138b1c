import type { Problem, ProblemCode, Severity } from '../model/problem.ts';
import { moreLike, problem } from '../model/problem.ts';

/** Problems of one kind in one pass that are told one by one; the rest is told as a number. */
const TOLD_EACH = 1_000;

interface Kind {
  readonly first: Problem;
  told: number;
  more: number;
}

/** Passes problems of one pass on, without flooding: a damaged file may have a hundred thousand. Each is counted. */
export class ProblemLog {
  readonly #file: string;
  readonly #tell: (problem: Problem) => void;
  readonly #kinds = new Map<string, Kind>();

  /** @param file as the person knows it */
  constructor(file: string, tell: (problem: Problem) => void) {
    this.#file = file;
    this.#tell = tell;
  }

  /** One row, page or file that was left out. */
  skipped(code: ProblemCode, row: string, message: string, lost?: Problem['lost'], file = this.#file): void {
    this.tell(problem(code, 'skipped', file, message, { row, ...(lost === undefined ? {} : { lost }) }), this.#file);
  }

  /** One row or file that was taken, but look here. */
  warned(code: ProblemCode, row: string, message: string, file = this.#file): void {
    this.tell(problem(code, 'warning', file, message, { row }), this.#file);
  }

  /** One line of a file, counted from 1; null for the file as a whole. */
  line(
    code: ProblemCode,
    severity: Severity,
    file: string,
    line: number | null,
    message: string,
    lost?: Problem['lost'],
  ): void {
    const where = { ...(line === null ? {} : { line }), ...(lost === undefined ? {} : { lost }) };
    this.tell(problem(code, severity, file, message, where), file);
  }

  /** To be called when the pass has ended: tells how many more there were. */
  finish(): void {
    for (const { first, more } of this.#kinds.values()) if (more > 0) this.#tell(moreLike(first, more));
    this.#kinds.clear();
  }

  /** @param file the one whose problems of a kind are counted together */
  protected tell(found: Problem, file: string): void {
    const { code, severity, lost } = found;
    const key = `${code} ${severity} ${lost ?? ''} ${file}`;
    const kind = this.#kinds.get(key) ?? { first: { ...found, file }, told: 0, more: 0 };
    this.#kinds.set(key, kind);
    if (kind.told === TOLD_EACH) {
      kind.more++;
      return;
    }
    kind.told++;
    this.#tell(found);
  }
}
