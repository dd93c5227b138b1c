import type { ItemRecord } from './records.ts';

/**
 * Items of which each stands for another in a circle: two devices may have made them one the other way round. The one that was
 * decided about or changed last stands again. From the same records, the same one on every device.
 */
export function untangled(items: ReadonlyMap<string, ItemRecord>): ReadonlyMap<string, ItemRecord> {
  let next: Map<string, ItemRecord> | null = null;
  const looked = new Set<string>();
  for (const id of items.keys()) {
    const last = lastOf(circleFrom(id, items, looked));
    if (last === null) continue;
    next ??= new Map(items);
    next.set(last.id, { ...last, status: 'proposed', supersededBy: null });
  }
  return next ?? items;
}

/** Those of the circle that the way from this item ends in, when it was not gone before. */
function circleFrom(start: string, items: ReadonlyMap<string, ItemRecord>, looked: Set<string>): ItemRecord[] {
  const way: ItemRecord[] = [];
  let item = items.get(start);
  while (item !== undefined && item.status === 'superseded' && item.supersededBy !== null && !looked.has(item.id)) {
    looked.add(item.id);
    way.push(item);
    item = items.get(item.supersededBy);
  }
  const at = item === undefined ? -1 : way.indexOf(item);
  return at === -1 ? [] : way.slice(at);
}

function lastOf(circle: readonly ItemRecord[]): ItemRecord | null {
  let last: ItemRecord | null = null;
  for (const item of circle) if (last === null || order(item) > order(last)) last = item;
  return last;
}

function order({ decided, version, id }: ItemRecord): string {
  return `${decided ?? ''} ${version} ${id}`;
}
