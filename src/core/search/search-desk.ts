/** Search as screens and commands use it. */
import type { KeptResults, SearchRequest } from '../model/search-views.ts';
import type { StateAccess } from '../state/state-access.ts';
import type { Changes } from './documents.ts';
import { Filters } from './filters.ts';
import { KeptIndex } from './kept-index.ts';
import type { SearchQuery } from './query.ts';
import { parseQuery } from './query.ts';
import type { KeptSearch } from './search-kept.ts';
import { findItems, findMessages, findPersonas, findSessions } from './search-kept.ts';

export interface SearchDesk {
  /** What is kept and fits: at once, newest first. */
  kept(request: SearchRequest): KeptResults;
  /** Lets go of what makes searching quick; it is made again when it is needed. */
  forget(): void;
}

export interface SearchPorts {
  /** IANA name. */
  readonly timeZone: string;
}

const USUAL_LIMIT = 8;

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
    const isEmpty = asksNothing(query);
    const search = this.#search(query, isEmpty ? 0 : (request.limit ?? USUAL_LIMIT));
    if (isEmpty) return { ...NOTHING, notes: query.notes, isEmpty };
    const { total, hits } = findMessages(search);
    return {
      personas: findPersonas(search),
      sessions: findSessions(search),
      items: findItems(search),
      messages: { total, hits },
      notes: query.notes,
      isEmpty,
    };
  }

  forget(): void {
    this.#index = null;
  }

  #query({ text, filters }: SearchRequest): SearchQuery {
    const query = parseQuery(text, this.#ports.timeZone);
    return { ...query, filters: { ...query.filters, ...filters } };
  }

  #search({ terms, filters }: SearchQuery, limit: number): KeptSearch {
    const { keeper, catalog } = this.#access;
    this.#index ??= new KeptIndex();
    this.lastChanges = this.#index.follow(keeper.state, catalog);
    const { personas } = keeper.state;
    const context = {
      nameOf: (id: string) => personas.get(id)?.record.name ?? null,
      projectOf: (id: string) => catalog.get(id),
    };
    return { index: this.#index, catalog, terms, filters: new Filters(filters, context), limit };
  }
}

const NONE = { total: 0, hits: [] };
const NOTHING = { personas: NONE, sessions: NONE, items: NONE, messages: NONE };

function asksNothing({ terms, filters }: SearchQuery): boolean {
  return terms.length === 0 && Object.values(filters).every((asked) => asked === null);
}
