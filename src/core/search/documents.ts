/** What is looked through of a thing that is kept: its words, folded once and again only when they are others. */
import type { Searchable } from './fold.ts';
import { searchable } from './fold.ts';

export interface Document<T> extends Searchable {
  readonly value: T;
}

/** How much work it was. */
export interface Changes {
  added: number;
  removed: number;
}

/** Documents of one sort of thing, by id. */
export class Documents<T> {
  readonly #idOf: (value: T) => string;
  readonly #textOf: (value: T) => string;
  #byId = new Map<string, Document<T>>();

  /** @param textOf all words by which it is found */
  constructor(idOf: (value: T) => string, textOf: (value: T) => string) {
    this.#idOf = idOf;
    this.#textOf = textOf;
  }

  get size(): number {
    return this.#byId.size;
  }

  all(): Iterable<Document<T>> {
    return this.#byId.values();
  }

  /** Makes them those of these values: what is as it was stays, whatever else was changed. */
  become(values: Iterable<T>, changes: Changes): void {
    const next = new Map<string, Document<T>>();
    for (const value of values) {
      const id = this.#idOf(value);
      const before = this.#byId.get(id);
      next.set(id, this.#renewed(before, value, changes));
    }
    for (const id of this.#byId.keys()) if (!next.has(id)) changes.removed += 1;
    this.#byId = next;
  }

  #renewed(before: Document<T> | undefined, value: T, changes: Changes): Document<T> {
    if (before?.value === value) return before;
    const text = this.#textOf(value);
    if (before !== undefined && this.#textOf(before.value) === text) return { ...before, value };
    if (before !== undefined) changes.removed += 1;
    changes.added += 1;
    return { value, ...searchable(text) };
  }
}
