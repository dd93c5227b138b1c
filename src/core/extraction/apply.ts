/**
 * What findings change in the items that are known: a pure function. Its caller stores the changed items, the flags of the
 * messages and the ledger in one transaction, and gives the items their version.
 *
 * Contract:
 * - To be said again adds evidence and the persona it was said to, nothing else.
 * - What the person wrote or confirmed keeps its words. Proposed words change only when the finding was told which item it
 *   belongs to, or the item had no description.
 * - A rejected item comes back only from words that are not among those it was rejected for, in another message. When its
 *   evidence is full, some was let go and can't be told from new: then it stays rejected.
 * - A superseded item is not touched: what belongs to it goes to the item that stands for it.
 * - Overlapping quotes of one message become one, those of earlier runs included.
 * - Applying the same findings twice changes nothing the second time.
 */
import type { Item } from '../model/item.ts';
import { applyQuote } from './apply-quote.ts';
import type { Finding } from './finding.ts';
import { ItemIndex } from './item-index.ts';
import { newItem, saidAgain } from './said.ts';

export interface Application {
  readonly items: ReadonlyMap<string, Item>;
  readonly findings: readonly Finding[];
  /** The wall-clock time of the commit's stamp, ms since 1970. */
  readonly now: number;
}

/** The items that are new or other than they were, each once, in the order of the findings. */
export function applyFindings({ items, findings, now }: Application): Item[] {
  const index = new ItemIndex(items);
  for (const finding of findings) {
    if (finding.kind === 'quote') applyQuote(index, finding, now);
    else applyFinding(index, finding, now);
  }
  return index.changed();
}

function applyFinding(index: ItemIndex, finding: Finding, now: number): void {
  const known = index.find(finding);
  if (known === null) index.put(newItem(finding, now));
  else index.put(saidAgain(known, finding, now));
}
