import type { ProjectSummary, SessionPage, SessionQuery } from '../../core/model/views.ts';
import { client } from '../app/workspace-store.ts';
import { useAnswer } from '../ui/use-answer.ts';

export type Counts = Pick<SessionPage, 'matching' | 'matchingSubagents'>;

/** How many sessions fit, folded or not. Null before the first answer. */
export function useCounts(query: SessionQuery, revision: number): Counts | null {
  return useAnswer(() => client().ask.sessions({ ...query, limit: 0 }), query, revision);
}

/** The folders there are sessions of. */
export function useProjects(revision: number): readonly ProjectSummary[] {
  return useAnswer(() => client().ask.projects(), null, revision) ?? [];
}
