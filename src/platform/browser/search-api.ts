/** What of search crosses between the page and the worker. */
import type { HistoryOutcome, HistoryProgress, KeptResults, SearchRequest } from '../../core/model/search-views.ts';
import type { PickedEntry } from './picked.ts';

export type SearchEvent =
  | { readonly kind: 'progress'; readonly progress: HistoryProgress }
  /** An import comes first. */
  | { readonly kind: 'waiting' };

export interface SearchApi {
  kept(request: SearchRequest): KeptResults;
  /** Looks through what is connected. One at a time: the one before ends. */
  history(
    request: SearchRequest,
    entries: readonly PickedEntry[],
    onEvent: (event: SearchEvent) => void,
  ): Promise<HistoryOutcome>;
  /** Ends the search through what is connected. */
  cancel(): void;
}
