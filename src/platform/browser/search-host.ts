/** The worker's side of search. */
import type { HistoryOutcome, HistoryProgress, KeptResults, SearchRequest } from '../../core/model/search-views.ts';
import type { OpenSpace } from './open-space.ts';
import type { PickedEntry } from './picked.ts';
import { Passes } from './passes.ts';
import type { SearchApi, SearchEvent, SearchPlace } from './search-api.ts';
import { spaceEntries } from './space-entries.ts';
import { throttled } from './throttled.ts';

const PROGRESS_EVERY_MS = 150;
/** What makes searching quick is let go when nobody searches for so long. */
const IDLE_MS = 5 * 60_000;

export class SearchHost implements SearchApi {
  readonly #open: OpenSpace;
  #idle: ReturnType<typeof setTimeout> | undefined;
  readonly #wanted = new Passes<SearchPlace>();
  /** Readings of the sources: what ends them lets them begin again later. */
  readonly #readings = new Passes<SearchPlace>();
  #importing: Promise<unknown> | null = null;

  constructor(open: OpenSpace) {
    this.#open = open;
  }

  kept(request: SearchRequest): KeptResults {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#open.workspace.search.forget(), IDLE_MS);
    return this.#open.workspace.search.kept(request);
  }

  async history(
    place: SearchPlace,
    request: SearchRequest,
    entries: readonly PickedEntry[],
    onEvent: (event: SearchEvent) => void,
  ): Promise<HistoryOutcome> {
    const unwanted = this.#wanted.begin(place);
    const tell = throttled<HistoryProgress>(
      PROGRESS_EVERY_MS,
      () => '',
      (progress) => onEvent({ kind: 'progress', progress }),
    );
    for (;;) {
      if (this.#importing !== null) onEvent({ kind: 'waiting' });
      while (this.#importing !== null) await this.#importing;
      // another one may have begun while this one waited
      const signal = unwanted.aborted ? unwanted : AbortSignal.any([unwanted, this.#readings.begin(place)]);
      const sources = await spaceEntries(this.#open, entries);
      const outcome = await this.#open.workspace.search.history(request, sources, {
        signal,
        onProgress: (progress) => !signal.aborted && tell(progress),
      });
      if (outcome.ended === 'done' || unwanted.aborted) return outcome;
    }
  }

  cancel(place: SearchPlace): void {
    this.#wanted.stop(place);
  }

  /** An import comes first: the search stops until it is done. */
  async giveWay<T>(importing: Promise<T>): Promise<T> {
    const done = importing.then(
      () => undefined,
      () => undefined,
    );
    const all = Promise.all([this.#importing, done]);
    this.#importing = all;
    this.#readings.stopAll();
    try {
      return await importing;
    } finally {
      if (this.#importing === all) this.#importing = null;
    }
  }
}
