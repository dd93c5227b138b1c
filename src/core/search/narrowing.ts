/** What was found last: as long as more is typed, only that need be looked at again. */
import type { SearchFilters } from '../model/search-views.ts';
import type { Document } from './documents.ts';
import type { Term } from './match.ts';
import { hasAll } from './match.ts';

export interface Asked {
  readonly terms: readonly Term[];
  readonly filters: SearchFilters;
}

interface Last<T> extends Asked {
  readonly all: readonly Document<T>[];
  readonly found: readonly Document<T>[];
}

export class Narrowing<T> {
  #last: Last<T> | null = null;
  /** Texts that were looked at. */
  looked = 0;

  /**
   * The documents that have all terms, in their order.
   *
   * @param all the same array as long as they are the same documents
   */
  find(all: readonly Document<T>[], asked: Asked, fits: (value: T) => boolean): readonly Document<T>[] {
    const last = this.#last;
    const isSame = last !== null && last.all === all && isEqual(last.filters, asked.filters);
    const some = isSame && isNarrower(asked.terms, last.terms) ? last.found : all;
    this.looked += some.length;
    const found = some.filter((document) => fits(document.value) && hasAll(asked.terms, document));
    this.#last = { ...asked, all, found };
    return found;
  }
}

function isEqual(a: SearchFilters, b: SearchFilters): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** True: what has all of these terms had all of those before. */
export function isNarrower(terms: readonly Term[], before: readonly Term[]): boolean {
  return before.every((term, at) => {
    const next = terms[at];
    return next !== undefined && goesOn(next, term);
  });
}

/** Where the term stands, the one before it stood. */
function goesOn(next: Term, before: Term): boolean {
  const last = before.words.length - 1;
  return before.words.every((word, at) => {
    const same = next.words[at];
    if (same === undefined) return false;
    if (at < last || before.whole) return same === word && (at < last || next.whole || next.words.length - 1 > last);
    return same.startsWith(word);
  });
}
