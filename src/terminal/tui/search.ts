import type { ItemHit, MessageHit, PersonaHit, SessionHit } from '../../core/model/search-views.ts';
import type { Library } from './library.ts';

export type Hit =
  | { readonly kind: 'persona'; readonly hit: PersonaHit }
  | { readonly kind: 'item'; readonly hit: ItemHit }
  | { readonly kind: 'session'; readonly hit: SessionHit }
  | { readonly kind: 'message'; readonly hit: MessageHit };

export interface Found {
  readonly hits: readonly Hit[];
  /** How many there are in all: of each kind only the first are given. */
  readonly total: number;
  /** What of the words was not understood. */
  readonly notes: readonly string[];
}

const OF_EACH_KIND = 200;

const found = new WeakMap<Library, Found & { readonly text: string }>();

/** What is kept and fits: personas, items, sessions, then messages. Looked for once for each text. */
export function search(library: Library, text: string): Found {
  const known = found.get(library);
  if (known?.text === text) return known;
  const { personas, items, sessions, messages, notes } = library.search.kept({ text, limit: OF_EACH_KIND });
  const hits: readonly Hit[] = [
    ...personas.hits.map((hit) => ({ kind: 'persona' as const, hit })),
    ...items.hits.map((hit) => ({ kind: 'item' as const, hit })),
    ...sessions.hits.map((hit) => ({ kind: 'session' as const, hit })),
    ...messages.hits.map((hit) => ({ kind: 'message' as const, hit })),
  ];
  const total = personas.total + items.total + sessions.total + messages.total;
  const results = { text, hits, total, notes };
  found.set(library, results);
  return results;
}

/** Where a message stands in its persona's conversation: found by its time, with as many rows as halving needs. */
export function rowOfMessage(
  library: Library,
  personaId: string,
  { id, time }: Pick<MessageHit, 'id' | 'time'>,
): number {
  const rowAt = (row: number) => library.timeline(personaId, row, 1)?.rows[0];
  let [low, high] = [0, library.timeline(personaId, 0, 0)?.total ?? 0];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((rowAt(middle)?.time ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
    else high = middle;
  }
  // dividers and others of the same moment stand before it; a copy in a fork is not a row of its own
  for (let row = low; rowAt(row)?.time === time; row += 1) if (rowAt(row)?.key === id) return row;
  return low;
}
