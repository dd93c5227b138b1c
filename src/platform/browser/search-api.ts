/** What of search crosses between the page and the worker. */
import type { HistoryOutcome, HistoryProgress, KeptResults, SearchRequest } from '../../core/model/search-views.ts';
import type { PickedEntry } from './picked.ts';

export type SearchEvent =
  | { readonly kind: 'progress'; readonly progress: HistoryProgress }
  /** An import comes first. */
  | { readonly kind: 'waiting' };

/** Who looks through what is connected: each place has a search of its own. */
export type SearchPlace = 'page' | 'box';

export interface SearchApi {
  kept(request: SearchRequest): KeptResults;
  /** Looks through what is connected. One at a time for each place: the one before ends. */
  history(
    place: SearchPlace,
    request: SearchRequest,
    entries: readonly PickedEntry[],
    onEvent: (event: SearchEvent) => void,
  ): Promise<HistoryOutcome>;
  /** Ends the place's search through what is connected. */
  cancel(place: SearchPlace): void;
}
