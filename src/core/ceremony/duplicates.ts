/** Items that are one: the same name in other words of writing, or people under each other's aliases. Pure. */
import { mergeItems } from '../memory/merge-items.ts';
import type { CeremonyReport } from '../model/memory-views.ts';
import type { Item } from '../model/item.ts';
import { itemId, normaliseName } from '../model/item.ts';
import type { Stamp } from '../state/hybrid-clock.ts';
import { itemRecord } from '../state/item-record.ts';
import type { ItemRecord, PersonaState } from '../state/records.ts';

export interface Deduplicated {
  readonly items: PersonaState['items'];
  readonly merged: CeremonyReport['merged'];
}

export function planDuplicates(items: PersonaState['items'], now: number, version: Stamp): Deduplicated {
  const next = new Map(items);
  const merged: CeremonyReport['merged'][number][] = [];
  for (const [first, ...others] of sets(items.values())) {
    if (first === undefined || others.length === 0) continue;
    for (const item of mergeItems(first, others, now))
      next.set(item.id, itemRecord(item, items.get(item.id), version, 'rules'));
    merged.push(...others.map(({ id, name }) => ({ id, name, into: first.id })));
  }
  return merged.length === 0 ? { items, merged } : { items: next, merged };
}

/** Items that go by one name, the one that stands for them first. */
function sets(items: Iterable<ItemRecord>): ItemRecord[][] {
  const byName = new Map<string, ItemRecord[]>();
  const standing = [...items].filter(isOpen).sort(byPrecedence);
  for (const item of standing) {
    const keys = namesOf(item);
    const known = keys.map((key) => byName.get(key)).find((set) => set !== undefined);
    const set = known ?? [];
    // of what the person decided on, only one of a set: two of them are two by their will
    if (known !== undefined && isDecided(item)) continue;
    set.push(item);
    for (const key of keys) if (!byName.has(key)) byName.set(key, set);
  }
  return [...new Set(byName.values())];
}

/** Rejected ones stay by themselves: they hold back what they were rejected for. */
function isOpen({ status }: Item): boolean {
  return status === 'proposed' || status === 'confirmed';
}

function isDecided({ status, corrected }: Item): boolean {
  return status === 'confirmed' || corrected;
}

/** What is found under this name from now on finds it. */
function hasOwnId({ id, kind, name, subject }: Item): boolean {
  return id === itemId(kind, name, subject);
}

function byPrecedence(a: Item, b: Item): number {
  return (
    Number(isDecided(b)) - Number(isDecided(a)) ||
    Number(hasOwnId(b)) - Number(hasOwnId(a)) ||
    b.evidence.length - a.evidence.length ||
    a.created - b.created ||
    (a.id < b.id ? -1 : 1)
  );
}

/** Quotes are their words, one each. An alias counts for people alone. */
function namesOf({ kind, name, subject, aliases }: Item): string[] {
  if (kind === 'quote') return [];
  const called = kind === 'person' ? [name, ...aliases] : [name];
  return called.filter((each) => normaliseName(each) !== '').map((each) => itemId(kind, each, subject));
}
