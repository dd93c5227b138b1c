import type { Evidence, Item } from '../model/item.ts';
import { itemId, normaliseName } from '../model/item.ts';
import type { Finding } from './finding.ts';

/** A chain of superseded items is followed no further. */
const LONGEST_CHAIN = 20;

/** Items by what a finding may call them, and which of them changed. */
export class ItemIndex {
  readonly #items: Map<string, Item>;
  readonly #names = new Map<string, string>();
  readonly #quotes = new Map<string, Set<string>>();
  readonly #changed = new Set<string>();

  constructor(items: ReadonlyMap<string, Item>) {
    this.#items = new Map(items);
    const sorted = [...items.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const item of sorted) this.#learn(item);
  }

  /** The item a finding belongs to: the one it was told of, else that of its id, else one that is called so now. */
  find(finding: Finding): Item | null {
    const { known, kind, name, subject, aliases } = finding;
    const told = known === null ? undefined : this.#items.get(known);
    const own = told ?? this.#items.get(itemId(kind, name, subject));
    if (own !== undefined) return this.#standing(own);
    for (const called of [name, ...aliases]) {
      const id = this.#names.get(nameKey(kind, called, subject));
      const item = id === undefined ? undefined : this.#items.get(id);
      if (item !== undefined) return this.#standing(item);
    }
    return null;
  }

  get(id: string): Item | undefined {
    return this.#items.get(id);
  }

  /** Quotes that have words of this message. */
  quotesOf({ sessionId, messageId }: Evidence): Item[] {
    const ids = this.#quotes.get(`${sessionId}/${messageId}`) ?? [];
    return [...ids].map((id) => this.#items.get(id)).filter((item) => item !== undefined);
  }

  put(item: Item): void {
    if (this.#items.get(item.id) === item) return;
    this.#items.set(item.id, item);
    this.#changed.add(item.id);
    this.#learn(item);
  }

  changed(): Item[] {
    return [...this.#changed].map((id) => this.#items.get(id)).filter((item) => item !== undefined);
  }

  /** The item that stands for a superseded one; that one itself when what stands for it is gone. */
  #standing(item: Item): Item {
    let standing: Item | undefined = item;
    for (let step = 0; standing?.status === 'superseded' && step < LONGEST_CHAIN; step++)
      standing = standing.supersededBy === null ? undefined : this.#items.get(standing.supersededBy);
    return standing ?? item;
  }

  #learn(item: Item): void {
    for (const called of [item.name, ...item.aliases]) {
      const key = nameKey(item.kind, called, item.subject);
      if (!this.#names.has(key)) this.#names.set(key, item.id);
    }
    if (item.kind !== 'quote') return;
    for (const { sessionId, messageId } of item.evidence) {
      const key = `${sessionId}/${messageId}`;
      this.#quotes.set(key, (this.#quotes.get(key) ?? new Set()).add(item.id));
    }
  }
}

/** The same for names that make the same id. */
function nameKey(kind: Item['kind'], name: string, subject: string | null): string {
  return normaliseName(name) === '' ? '' : itemId(kind, name, subject);
}
