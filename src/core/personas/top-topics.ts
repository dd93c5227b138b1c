import type { Item } from '../model/item.ts';

const SHOWN = 3;

/** What each persona was told about most: names of topics, at most three, by persona id. */
export function topTopics(items: Iterable<Item>): ReadonlyMap<string, readonly string[]> {
  const topics = new Map<string, Item[]>();
  for (const item of items) {
    if (item.kind !== 'topic' || item.status === 'rejected' || item.status === 'superseded') continue;
    for (const persona of item.learnedBy) topics.set(persona, [...(topics.get(persona) ?? []), item]);
  }
  return new Map([...topics].map(([persona, found]) => [persona, namesOf(found)]));
}

/** The one with most evidence first, then the newest. */
function namesOf(topics: readonly Item[]): string[] {
  const newest = ({ evidence }: Item): number => evidence.at(-1)?.time ?? 0;
  return topics
    .toSorted((a, b) => b.evidence.length - a.evidence.length || newest(b) - newest(a) || (a.id < b.id ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ name }) => name);
}
