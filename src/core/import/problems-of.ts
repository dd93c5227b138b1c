import type { Problem } from '../model/problem.ts';
import { problem, ProblemError } from '../model/problem.ts';
import { RefusedImport } from './refused-import.ts';

/** What to tell the person of an error that ended something. A cancelled one is told as that. */
export function problemsOf(error: unknown, signal?: AbortSignal): readonly Problem[] {
  if (error instanceof RefusedImport) return error.problems;
  if (error instanceof ProblemError) return [error.problem];
  if (signal?.aborted === true) return [problem('cancelled', 'error', '', 'Cancelled. Everything is as it was.')];
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return [
    problem('internal', 'error', '', `Dramatis failed inside (${reason}). Nothing was changed. Please report this.`),
  ];
}
