/** Items, topics and the ledger have their share of the state, so that there is room for messages. Pure. */
import { higherPlace } from './floors.ts';
import { compareTopics, isTopicGone, lastWords, mayGo, wordsRank } from './join-gone.ts';
import { sealed } from './ledger-keys.ts';
import type { Gone, ItemRecord, LedgerRecord, PersonaState, TopicRecord } from './records.ts';
import { byTimeThenId } from './records.ts';
import { encodeTopics } from './serialise.ts';
import { utf8Length } from './utf8.ts';

const ITEM_SHARE = 0.3;
const LEDGER_SHARE = 0.15;
export const TOPIC_SHARE = 0.3;
/** When there are too many, so much of the share is left free, that it does not happen again at once. */
const CLEARED = 0.1;
/** Of an entry of the ledger, its keys aside. */
const ENTRY_BYTES = 140;

export interface Bound {
  readonly items: ReadonlyMap<string, ItemRecord>;
  readonly gone: Gone;
}

/** Without the proposed items that were said least and longest ago, when items take more than their share. */
export function boundItems(items: ReadonlyMap<string, ItemRecord>, gone: Gone, limitBytes: number): Bound {
  let bytes = 0;
  for (const item of items.values()) bytes += itemBytes(item);
  if (bytes <= limitBytes * ITEM_SHARE) return { items, gone };
  const most = limitBytes * ITEM_SHARE * (1 - CLEARED);
  const kept = new Map(items);
  const floors = new Map(gone.items);
  for (const item of [...items.values()].filter(mayGo).sort(byWhoGoesFirst)) {
    if (bytes <= most) break;
    kept.delete(item.id);
    bytes -= itemBytes(item);
    const rank = wordsRank(item);
    floors.set(rank, higherPlace(floors.get(rank) ?? null, lastWords(item)) ?? lastWords(item));
  }
  return { items: kept, gone: { ...gone, items: floors } };
}

/** With the keys of old entries let go, when the ledger takes more than its share. */
export function boundLedger(
  ledger: ReadonlyMap<string, LedgerRecord>,
  limitBytes: number,
): ReadonlyMap<string, LedgerRecord> {
  let bytes = 0;
  for (const entry of ledger.values()) bytes += ENTRY_BYTES + keyBytes(entry);
  if (bytes <= limitBytes * LEDGER_SHARE) return ledger;
  const most = limitBytes * LEDGER_SHARE * (1 - CLEARED);
  const kept = new Map(ledger);
  const done = [...ledger.values()].filter((entry) => entry.seen !== null && keyBytes(entry) > 0);
  for (const entry of done.sort((a, b) => a.when - b.when || (a.sessionId < b.sessionId ? -1 : 1))) {
    if (bytes <= most) break;
    const without = { ...sealed(entry), version: entry.version };
    kept.set(entry.sessionId, without);
    bytes -= keyBytes(entry) - keyBytes(without);
  }
  return kept;
}

/** Without the topics that were named longest ago, when they take more than their share. An import knows better which matter. */
export function boundTopics(
  topics: ReadonlyMap<string, TopicRecord>,
  gone: Gone,
  limitBytes: number,
): Pick<PersonaState, 'topics' | 'gone'> {
  const room = limitBytes * TOPIC_SHARE;
  let bytes = utf8Length(encodeTopics(topics.values()));
  if (bytes <= room) return { topics, gone };
  const kept = [...topics.values()].sort(compareTopics);
  let last: TopicRecord | undefined;
  while (bytes > room * (1 - CLEARED) && kept.length > 0) {
    last = kept.splice(0, Math.ceil(kept.length * CLEARED)).at(-1);
    bytes = utf8Length(encodeTopics(kept));
  }
  if (last === undefined) return { topics, gone };
  const bound = { ...gone, topics: { version: last.version, id: last.id } };
  return { topics: new Map([...topics].filter(([, topic]) => !isTopicGone(topic, bound))), gone: bound };
}

function byWhoGoesFirst(a: ItemRecord, b: ItemRecord): number {
  return wordsRank(a) - wordsRank(b) || byTimeThenId(lastWords(a), lastWords(b));
}

/** Items never change: each is measured once. */
const measured = new WeakMap<ItemRecord, number>();

function itemBytes(item: ItemRecord): number {
  const known = measured.get(item);
  if (known !== undefined) return known;
  const bytes = utf8Length(JSON.stringify(item));
  measured.set(item, bytes);
  return bytes;
}

function keyBytes({ done }: LedgerRecord): number {
  return Object.values(done).reduce((sum, keys) => sum + keys.length, 0);
}
