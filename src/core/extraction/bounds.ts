/** Items and the ledger have their share of the state, so that there is room for messages. Pure. */
import { sealed } from '../import/ledger.ts';
import type { ItemRecord, LedgerRecord } from '../state/records.ts';
import { utf8Length } from '../state/utf8.ts';

const ITEM_SHARE = 0.3;
const LEDGER_SHARE = 0.15;
/** When there are too many, so much of the share is left free, that it does not happen again at once. */
const CLEARED = 0.1;
/** Of an entry of the ledger, its keys aside. */
const ENTRY_BYTES = 140;

/** Without the proposed items that were said least and longest ago, when items take more than their share. */
export function boundItems(
  items: ReadonlyMap<string, ItemRecord>,
  limitBytes: number,
): ReadonlyMap<string, ItemRecord> {
  let bytes = 0;
  for (const item of items.values()) bytes += itemBytes(item);
  if (bytes <= limitBytes * ITEM_SHARE) return items;
  const most = limitBytes * ITEM_SHARE * (1 - CLEARED);
  const kept = new Map(items);
  for (const item of [...items.values()].filter(mayGo).sort(byWhoGoesFirst)) {
    if (bytes <= most) break;
    kept.delete(item.id);
    bytes -= itemBytes(item);
  }
  return kept;
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
    kept.set(entry.sessionId, { ...sealed(entry), version: entry.version });
    bytes -= keyBytes(entry);
  }
  return kept;
}

/** What the person decided stays; so does what a superseded name leads to. */
function mayGo({ status, corrected }: ItemRecord): boolean {
  return (status === 'proposed' || status === 'superseded') && !corrected;
}

function byWhoGoesFirst(a: ItemRecord, b: ItemRecord): number {
  return (
    Number(b.status === 'superseded') - Number(a.status === 'superseded') ||
    a.evidence.length - b.evidence.length ||
    lastSaid(a) - lastSaid(b) ||
    (a.id < b.id ? -1 : 1)
  );
}

function lastSaid({ evidence }: ItemRecord): number {
  return evidence.at(-1)?.time ?? 0;
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
