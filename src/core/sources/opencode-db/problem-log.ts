import type { Problem, ProblemCode, Severity } from '../../model/problem.ts';
import { problem } from '../../model/problem.ts';

/** Problems of one kind that are told one by one; the rest is told as a number. */
const TOLD_EACH = 20;

interface Kind {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly lost: Problem['lost'];
  more: number;
  told: number;
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
    this.#add({ code, severity: 'skipped', lost, more: 0, told: 0 }, row, message, file);
  }

  /** One row or file that was taken, but look here. */
  warned(code: ProblemCode, row: string, message: string, file = this.#file): void {
    this.#add({ code, severity: 'warning', lost: undefined, more: 0, told: 0 }, row, message, file);
  }

  /** To be called when the pass has ended: tells how many more there were. */
  finish(): void {
    for (const { code, severity, lost, more } of this.#kinds.values()) {
      if (more === 0) continue;
      const message = `And ${more.toLocaleString('en')} more like these.`;
      this.#tell({ ...problem(code, severity, this.#file, message, lost === undefined ? {} : { lost }), count: more });
    }
    this.#kinds.clear();
  }

  #add(fresh: Kind, row: string, message: string, file: string): void {
    const { code, severity, lost } = fresh;
    const key = `${code} ${severity} ${lost ?? ''}`;
    const kind = this.#kinds.get(key) ?? fresh;
    this.#kinds.set(key, kind);
    if (kind.told === TOLD_EACH) {
      kind.more++;
      return;
    }
    kind.told++;
    this.#tell(problem(code, severity, file, message, { row, ...(lost === undefined ? {} : { lost }) }));
  }
}
