import { useEffect, useState } from 'react';
import type { HistoryProgress, SearchRequest } from '../../core/model/search-views.ts';
import type { SearchPlace } from '../../platform/browser/search-api.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { entriesInReach, reachKey } from '../memory/in-reach.ts';
import { usePlaces } from '../sources/places-store.ts';

/** A search through gigabytes is begun when the typing pauses. */
const PAUSE_MS = 250;
/** One letter stands in everything. */
const FEWEST_SIGNS = 2;

export type History =
  | { readonly state: 'none' }
  /** No source can be read now. */
  | { readonly state: 'unreachable' }
  /** `stopped`: something else was searched for meanwhile, or it failed. */
  | { readonly state: 'waiting' | 'running' | 'done' | 'stopped'; readonly progress: HistoryProgress };

const NONE: History = { state: 'none' };
const BEGINNING: HistoryProgress = { searched: 0, total: 0, found: 0, toolSessions: null, hits: [], problems: [] };

/** Looks through everything that is connected, while the text stays what it is. @param place whose search it is: that of another goes on */
export function useHistory(place: SearchPlace, text: string, limit: number): History {
  const [found, setFound] = useState({ asked: '', history: NONE });
  const space = useWorkspace((view) => view.space);
  const reach = usePlaces(reachKey);
  const words = text.trim();
  const asked = words.length < FEWEST_SIGNS ? '' : [space, reach, limit, words].join('\n');
  useEffect(() => {
    if (asked === '') return undefined;
    let isWanted = true;
    const show = (history: History): void => {
      if (isWanted) setFound({ asked, history });
    };
    const timer = setTimeout(() => void search(place, { text: words, limit }, show, () => isWanted), PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
      void client().ask.search.cancel(place);
    };
  }, [place, asked, words, limit]);
  return asked !== '' && found.asked === asked ? found.history : NONE;
}

async function search(
  place: SearchPlace,
  request: SearchRequest,
  show: (history: History) => void,
  isWanted: () => boolean,
): Promise<void> {
  const entries = await entriesInReach();
  // it would end the search that came after it
  if (!isWanted()) return;
  if (entries.length === 0 && useWorkspace.getState().space === 'own') return show({ state: 'unreachable' });
  let isOver = false;
  let progress = BEGINNING;
  show({ state: 'running', progress });
  try {
    const outcome = await client().searchHistory(place, request, entries, (event) => {
      if (isOver) return;
      if (event.kind === 'progress') ({ progress } = event);
      show({ state: event.kind === 'progress' ? 'running' : 'waiting', progress });
    });
    show({ state: outcome.ended === 'done' ? 'done' : 'stopped', progress: outcome });
  } catch {
    show({ state: 'stopped', progress });
  } finally {
    isOver = true;
  }
}
