import type { Item } from '../../core/model/item.ts';
import type { Message } from '../../core/model/message.ts';
import type { PersonaSummary, SessionRow } from '../../core/model/views.ts';
import type { Library } from './library.ts';

export type Hit =
  | { readonly kind: 'persona'; readonly persona: PersonaSummary }
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'session'; readonly session: SessionRow }
  | { readonly kind: 'message'; readonly persona: PersonaSummary; readonly message: Message };

const found = new WeakMap<Library, { readonly text: string; readonly hits: readonly Hit[] }>();

/** What holds all the words: personas, items, sessions, then messages that are kept, the newest first. Found once for each text. */
export function search(library: Library, text: string): readonly Hit[] {
  const known = found.get(library);
  if (known?.text === text) return known.hits;
  const hits = text.trim() === '' ? [] : find(library, text);
  found.set(library, { text, hits });
  return hits;
}

function find(library: Library, text: string): Hit[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (...texts: readonly string[]) => {
    const haystack = texts.join('\n').toLowerCase();
    return words.every((word) => haystack.includes(word));
  };
  const personas = library.personas();
  const messages = personas
    .flatMap((persona) => (library.kept(persona.id) ?? []).map((message) => ({ persona, message })))
    .filter(({ message }) => holds(message.text))
    .sort((a, b) => b.message.time - a.message.time);
  return [
    ...personas.filter(({ id, name }) => holds(id, name)).map((persona) => ({ kind: 'persona' as const, persona })),
    ...library.memory({ text }).items.map((item) => ({ kind: 'item' as const, item })),
    ...library.sessions({ text }).rows.map((session) => ({ kind: 'session' as const, session })),
    ...messages.map((each) => ({ kind: 'message' as const, ...each })),
  ];
}

/** Where a message stands in its persona's conversation: found by its time, with as many rows as halving needs. */
export function rowOfMessage(library: Library, personaId: string, { id, time }: Pick<Message, 'id' | 'time'>): number {
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
