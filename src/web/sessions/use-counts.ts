import { useEffect, useState } from 'react';
import type { ProjectSummary, SessionPage, SessionQuery } from '../../core/model/views.ts';
import { client } from '../app/workspace-store.ts';

export type Counts = Pick<SessionPage, 'matching' | 'matchingSubagents'>;

/** How many sessions fit, folded or not. Null before the first answer. */
export function useCounts(query: SessionQuery, revision: number): Counts | null {
  return useAnswer(() => client().ask.sessions({ ...query, limit: 0 }), query, revision);
}

/** The folders there are sessions of. */
export function useProjects(revision: number): readonly ProjectSummary[] {
  return useAnswer(() => client().ask.projects(), null, revision) ?? [];
}

/** What the worker says, asked again with each revision and each other question. */
function useAnswer<T>(ask: () => Promise<T>, question: unknown, revision: number): T | null {
  const [answer, setAnswer] = useState<T | null>(null);
  useEffect(() => {
    let isWanted = true;
    // a worker that was closed meanwhile never answers; the answer that was there stays
    ask().then(
      (found) => isWanted && setAnswer(found),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the question is what `ask` asks
  }, [question, revision]);
  return answer;
}
