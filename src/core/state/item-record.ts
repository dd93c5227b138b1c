import { uniteEvidence } from '../model/evidence.ts';
import type { Item } from '../model/item.ts';
import type { Stamp } from './hybrid-clock.ts';
import { laterThan } from './hybrid-clock.ts';
import type { ItemRecord } from './records.ts';

/** Who changed an item: the person, or what was found and tidied up without them. */
export type ChangedBy = 'person' | 'rules';

/** The record of an item that was changed, or is new. Its version is later than that of `before`, whatever the clock says. */
export function itemRecord(item: Item, before: ItemRecord | undefined, stamp: Stamp, by: ChangedBy): ItemRecord {
  const version = laterThan(stamp, before?.version);
  return {
    ...item,
    version,
    decided: by === 'person' ? laterThan(version, before?.decided) : (before?.decided ?? null),
    wordsSince: before === undefined ? null : wordsSince(item, before, version),
  };
}

/** All of these, put into the map of items. */
export function withItems(
  items: ReadonlyMap<string, ItemRecord>,
  changed: readonly Item[],
  stamp: Stamp,
  by: ChangedBy,
): ReadonlyMap<string, ItemRecord> {
  if (changed.length === 0) return items;
  const next = new Map(items);
  for (const item of changed) next.set(item.id, itemRecord(item, items.get(item.id), stamp, by));
  return next;
}

/**
 * When words go, those that stay stand alone. An item that came back after it was rejected counts from the rejection: so what
 * several devices found since then is united.
 */
function wordsSince(item: Item, before: ItemRecord, version: Stamp): Stamp | null {
  const all = uniteEvidence(before.evidence, item.evidence);
  if (all.length === item.evidence.length && all.every((each, at) => isSame(each, item.evidence[at])))
    return before.wordsSince;
  const cameBack = before.status === 'rejected' && item.status === 'proposed';
  return cameBack ? (before.decided ?? before.version) : version;
}

function isSame(a: Item['evidence'][number], b: Item['evidence'][number] | undefined): boolean {
  return a.hash === b?.hash && a.start === b.start && a.end === b.end && a.time === b.time && a.source === b.source;
}
