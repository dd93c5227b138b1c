import type { Problem } from './problem.ts';
import { moreLike } from './problem.ts';

/** So many are told one by one, whatever a source holds. */
export const MOST_TOLD = 5_000;

interface Rest {
  readonly first: Problem;
  count: number;
}

/** Problems in bounded room: the first of them as they are, and of the rest how many there are of each kind. */
export class ProblemBag {
  readonly #most: number;
  readonly #told: Problem[] = [];
  readonly #rest = new Map<string, Rest>();

  constructor(most = MOST_TOLD) {
    this.#most = most;
  }

  add(problem: Problem): void {
    if (this.#told.length < this.#most) {
      this.#told.push(problem);
      return;
    }
    const { code, severity, lost, count = 1 } = problem;
    const key = `${code} ${severity} ${lost ?? ''}`;
    const rest = this.#rest.get(key);
    if (rest === undefined) this.#rest.set(key, { first: problem, count });
    else rest.count += count;
  }

  addAll(problems: Iterable<Problem>): this {
    for (const problem of problems) this.add(problem);
    return this;
  }

  /** The number of each kind stands behind those that are told one by one. */
  all(): Problem[] {
    return [...this.#told, ...[...this.#rest.values()].map(({ first, count }) => moreLike(first, count))];
  }
}
