import type { KeptResults } from '../../core/model/search-views.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { useAnswer } from '../ui/use-answer.ts';

/** What is kept and fits, as it is typed. Null before the first answer; until the next one the last stays. */
export function useKept(text: string, limit: number): KeptResults | null {
  const revision = useWorkspace((view) => view.revision);
  return useAnswer(() => client().ask.search.kept({ text, limit }), `${limit} ${text}`, revision);
}
