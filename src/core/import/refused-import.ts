import type { Problem } from '../model/problem.ts';

/** None of the chosen files could be used. */
export class RefusedImport extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems[0]?.message ?? 'nothing to import');
    this.name = 'RefusedImport';
    this.problems = problems;
  }
}
