/** Search as screens and commands use it. */
import type { HistoryOutcome, KeptResults, SearchRequest } from '../model/search-views.ts';
import type { SourceEntry } from '../sources/byte-source.ts';
import type { OpencodePorts } from '../sources/opencode-db/store.ts';
import type { StateAccess } from '../state/state-access.ts';
import type { Changes } from './documents.ts';
import type { FilterContext } from './filters.ts';
import { Filters } from './filters.ts';
import type { HistoryOptions, HistoryPlan } from './history.ts';
import { searchHistory } from './history.ts';
import { KeptIndex } from './kept-index.ts';
import { byteTest } from './needles.ts';
import type { SearchQuery } from './query.ts';
import { parseQuery } from './query.ts';
import type { KeptSearch } from './search-kept.ts';
import { findItems, findMessages, findPersonas, findSessions, idsOfMessages } from './search-kept.ts';

export interface SearchDesk {
  /** What is kept and fits: at once, newest first. */
  kept(request: SearchRequest): KeptResults;
  /**
   * Looks through everything in these files and folders for messages that `kept` does not find. Looks for nothing when the request has
   * no word. Runs beside everything else: it only reads.
   */
  history(request: SearchRequest, entries: readonly SourceEntry[], options?: HistoryOptions): Promise<HistoryOutcome>;
  /** Lets go of what makes searching quick; it is made again when it is needed. */
  forget(): void;
}

export interface SearchPorts extends OpencodePorts {
  /** IANA name. */
  readonly timeZone: string;
}

const USUAL_LIMIT = 8;
const USUAL_HISTORY_LIMIT = 200;

export class Searching implements SearchDesk {
  readonly #access: StateAccess;
  readonly #ports: SearchPorts;
  #index: KeptIndex | null = null;
  /** What the last search had to do to the index. */
  lastChanges: Changes = { added: 0, removed: 0 };

  constructor(access: StateAccess, ports: SearchPorts) {
    this.#access = access;
    this.#ports = ports;
  }

  kept(request: SearchRequest): KeptResults {
    const query = this.#query(request);
    if (asksNothing(query)) return { ...NOTHING, notes: query.notes, isEmpty: true };
    const search = this.#search(query, request.limit ?? USUAL_LIMIT);
    return {
      personas: findPersonas(search),
      sessions: findSessions(search),
      items: findItems(search),
      messages: findMessages(search),
      notes: query.notes,
      isEmpty: false,
    };
  }

  async history(
    request: SearchRequest,
    entries: readonly SourceEntry[],
    options: HistoryOptions = {},
  ): Promise<HistoryOutcome> {
    const query = this.#query(request);
    if (query.terms.length === 0) return { ...NOTHING_FOUND, ended: 'done' };
    const limit = request.limit ?? USUAL_HISTORY_LIMIT;
    return searchHistory(this.#plan(query, limit), entries, this.#ports, options);
  }

  forget(): void {
    this.#index = null;
  }

  #query({ text, filters }: SearchRequest): SearchQuery {
    const query = parseQuery(text, this.#ports.timeZone);
    return { ...query, filters: { ...query.filters, ...filters } };
  }

  #search(asked: SearchQuery, limit: number): KeptSearch {
    const { keeper, catalog } = this.#access;
    this.#index ??= new KeptIndex();
    this.lastChanges = this.#index.follow(keeper.state, catalog);
    return { index: this.#index, catalog, asked, filters: new Filters(asked.filters, this.#context()), limit };
  }

  #plan(query: SearchQuery, limit: number): HistoryPlan {
    const { terms, filters, inTools } = query;
    const rows = [...this.#access.catalog.rows()];
    const inTool = rows.filter(({ source }) => filters.tool === null || source === filters.tool);
    const newest = new Map<string, number>();
    for (const { store, sourceUpdated } of rows) newest.set(store, Math.max(newest.get(store) ?? 0, sourceUpdated));
    return {
      terms,
      filters,
      context: this.#context(),
      inTools,
      test: byteTest(terms),
      known: idsOfMessages(this.#search(query, 0)),
      limit,
      total: inTool.reduce((sum, { messageCount }) => sum + messageCount, 0),
      newestIn: (store) => newest.get(store) ?? 0,
    };
  }

  #context(): FilterContext {
    const { keeper, catalog } = this.#access;
    const { personas } = keeper.state;
    return {
      nameOf: (id) => personas.get(id)?.record.name ?? null,
      projectOf: (id) => catalog.get(id),
    };
  }
}

const NONE = { total: 0, hits: [] };
const NOTHING = { personas: NONE, sessions: NONE, items: NONE, messages: NONE };
const NOTHING_FOUND = { searched: 0, total: 0, found: 0, toolSessions: null, hits: [], problems: [] };

function asksNothing({ terms, filters }: SearchQuery): boolean {
  return terms.length === 0 && Object.values(filters).every((asked) => asked === null);
}
