import type { Item } from '../model/item.ts';
import type { MemoryPage, MemoryQuery } from '../model/memory-views.ts';
import type { ItemRecord } from '../state/records.ts';

/** What is remembered, by query: those said last first. */
export function queryMemory(items: Iterable<Item>, query: MemoryQuery = {}): MemoryPage {
  const { kind, offset = 0, limit = Number.POSITIVE_INFINITY } = query;
  const fits = fitting(query);
  const fitted = [...items].filter(fits).sort(byLastSaid);
  const kinds = { fact: 0, trait: 0, person: 0, topic: 0, quote: 0 };
  for (const item of fitted) kinds[item.kind] += 1;
  const asked = kind === undefined ? fitted : fitted.filter((item) => item.kind === kind);
  return { total: asked.length, items: asked.slice(offset, offset + limit).map(plain), kinds };
}

/** An item without what only state needs. */
export function plain(item: Item & Partial<ItemRecord>): Item {
  const { version: _, decided: __, wordsSince: ___, ...rest } = item;
  return rest;
}

function fitting({
  text = '',
  status = ['proposed', 'confirmed'],
  persona,
  session,
}: MemoryQuery): (item: Item) => boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return (item) => {
    if (!status.includes(item.status)) return false;
    if (persona !== undefined && !item.learnedBy.includes(persona.toLowerCase())) return false;
    if (session !== undefined && !item.evidence.some(({ sessionId }) => sessionId === session)) return false;
    if (words.length === 0) return true;
    const said = wordsOf(item);
    return words.every((word) => said.includes(word));
  };
}

function wordsOf({ name, description, subject, aliases, evidence }: Item): string {
  return [name, description, subject ?? '', ...aliases, ...evidence.map(({ text }) => text)].join('\n').toLowerCase();
}

function byLastSaid(a: Item, b: Item): number {
  return (b.evidence.at(-1)?.time ?? 0) - (a.evidence.at(-1)?.time ?? 0) || (a.id < b.id ? -1 : 1);
}
