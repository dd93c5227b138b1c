/** The page's side of the worker. */
import type { Remote } from 'comlink';
import { proxy, wrap } from 'comlink';
import type { ExtractOutcome, ExtractProgress } from '../../core/model/memory-views.ts';
import type { HistoryOutcome, SearchRequest } from '../../core/model/search-views.ts';
import type { ImportOutcome } from '../../core/model/views.ts';
import type { PageProvider } from './extraction-api.ts';
import type { PickedEntry } from './picked.ts';
import { dropLocalCopy, localCopy } from './local-copy.ts';
import { deleteDatabase } from './open-database.ts';
import type { SearchEvent, SearchPlace } from './search-api.ts';
import type { Space } from './space.ts';
import { databaseName } from './space.ts';
import type { HostEvent, ImportEvent, Opened, WorkspaceApi } from './workspace-api.ts';

export class WorkspaceClient {
  readonly #worker: Worker;
  /** Rejects when the worker stops: then it never answers again. */
  readonly stopped: Promise<never>;
  /** Asks the worker; every answer is a copy. */
  readonly ask: Remote<WorkspaceApi>;

  constructor() {
    this.#worker = new Worker(new URL('./workspace.worker.ts', import.meta.url), { type: 'module', name: 'workspace' });
    this.stopped = new Promise((_, reject) => {
      this.#worker.addEventListener('error', ({ message }) => {
        reject(new Error(message === '' ? 'its program could not be loaded' : message));
      });
    });
    this.ask = wrap<WorkspaceApi>(this.#worker);
  }

  open(space: Space, onEvent: (event: HostEvent) => void): Promise<Opened> {
    return this.ask.open(space, proxy(localCopy(space)), proxy(onEvent));
  }

  import(
    entries: readonly PickedEntry[],
    places: readonly string[],
    onEvent: (event: ImportEvent) => void,
  ): Promise<ImportOutcome> {
    return this.ask.import(entries, places, proxy(onEvent));
  }

  importSample(onEvent: (event: ImportEvent) => void): Promise<ImportOutcome> {
    return this.ask.importSample(proxy(onEvent));
  }

  /** @param page the provider that lives in this page, when there is one */
  extract(
    entries: readonly PickedEntry[],
    page: PageProvider | null,
    onProgress: (progress: ExtractProgress) => void,
  ): Promise<ExtractOutcome> {
    return this.ask.extraction.run(entries, page === null ? null : proxy(page), proxy(onProgress));
  }

  /** The search before it at this place ends. */
  searchHistory(
    place: SearchPlace,
    request: SearchRequest,
    entries: readonly PickedEntry[],
    onEvent: (event: SearchEvent) => void,
  ): Promise<HistoryOutcome> {
    return this.ask.search.history(place, request, entries, proxy(onEvent));
  }

  /** Ends the worker. What was committed is safe; what was not, never happened. */
  close(): void {
    this.#worker.terminate();
  }
}

/** Forgets everything a space keeps. Close its clients first. */
export async function eraseSpace(space: Space): Promise<void> {
  dropLocalCopy(space);
  await deleteDatabase(databaseName(space));
}
