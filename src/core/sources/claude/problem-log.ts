import type { Problem, ProblemCode, Severity } from '../../model/problem.ts';
import { problem } from '../../model/problem.ts';

/** Problems of one kind in one session that are told one by one; the rest is told as a number. */
const TOLD_EACH = 20;

interface Kind {
  readonly first: Problem;
  told: number;
  more: number;
}

/** Collects the problems of one session's files: a damaged file may have a hundred thousand. Each is counted. */
export class ProblemLog {
  readonly #problems: Problem[] = [];
  readonly #kinds = new Map<string, Kind>();

  /** @param line counted from 1; null for the file as a whole */
  add(
    code: ProblemCode,
    severity: Severity,
    file: string,
    line: number | null,
    message: string,
    lost?: Problem['lost'],
  ): void {
    const found = problem(code, severity, file, message, {
      ...(line === null ? {} : { line }),
      ...(lost === undefined ? {} : { lost }),
    });
    const key = `${code} ${severity} ${lost ?? ''} ${file}`;
    const kind = this.#kinds.get(key) ?? { first: found, told: 0, more: 0 };
    this.#kinds.set(key, kind);
    if (kind.told === TOLD_EACH) kind.more++;
    else {
      kind.told++;
      this.#problems.push(found);
    }
  }

  /** All of them; those that were not told one by one as one line with their number. */
  problems(): Problem[] {
    const rest = [...this.#kinds.values()].filter(({ more }) => more > 0);
    return [...this.#problems, ...rest.map(({ first, more }) => moreLike(first, more))];
  }
}

function moreLike(first: Problem, more: number): Problem {
  return { ...first, line: null, message: `And ${more.toLocaleString('en')} more lines like these.`, count: more };
}
