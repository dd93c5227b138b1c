/** What is gone on either of two devices is gone on both. */
import type { Stamp } from './hybrid-clock.ts';
import { compareTexts, joinMaps, laterOf } from './join.ts';
import { higherPlace } from './floors.ts';
import type { Gone, ItemRecord, TopicPlace, TopicRecord } from './records.ts';
import { byTimeThenId } from './records.ts';

export function joinGone(a: Gone, b: Gone): Gone {
  const horizon = later(a.horizon, b.horizon);
  const joined: Gone = {
    deleted: joinMaps(remembered(a.deleted, horizon), remembered(b.deleted, horizon), later),
    horizon,
    items: joinMaps(a.items, b.items, (x, y) => higherPlace(x, y) ?? x),
    topics: laterOf(a.topics, b.topics, compareTopics),
  };
  const { items, topics } = joined;
  const isSame = joined.deleted === a.deleted && horizon === a.horizon && items === a.items && topics === a.topics;
  return isSame ? a : joined;
}

function remembered(deleted: Gone['deleted'], horizon: Stamp): Gone['deleted'] {
  const kept = [...deleted].filter(([, when]) => when > horizon);
  return kept.length === deleted.size ? deleted : new Map(kept);
}

/** Deleted by the person, who has not taken that back since; or let go for want of room, and not said again since. */
export function isItemGone(item: ItemRecord, { deleted, items }: Gone): boolean {
  const when = deleted.get(item.id);
  if (when !== undefined && when > (item.decided ?? '')) return true;
  const place = items.get(wordsRank(item));
  return place !== undefined && mayGo(item) && byTimeThenId(lastWords(item), place) <= 0;
}

export function isTopicGone(topic: TopicRecord, { topics }: Gone): boolean {
  return topics !== null && compareTopics(topic, topics) <= 0;
}

export function compareTopics(a: TopicPlace, b: TopicPlace): number {
  return compareTexts(a.version, b.version) || compareTexts(a.id, b.id);
}

/** Only what no person decided about; a name that leads to another item may go whoever made it one. */
export function mayGo({ status, corrected, decided }: ItemRecord): boolean {
  return status === 'superseded' || (status === 'proposed' && !corrected && decided === null);
}

/** What goes first has the lowest: names that lead elsewhere, then what was said least. */
export function wordsRank({ status, evidence }: ItemRecord): number {
  return status === 'superseded' ? 0 : evidence.length;
}

export function lastWords({ id, evidence }: ItemRecord): { time: number; id: string } {
  return { time: evidence.at(-1)?.time ?? 0, id };
}

function later(a: Stamp, b: Stamp): Stamp {
  return a > b ? a : b;
}
