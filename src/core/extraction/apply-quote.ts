import type { Evidence, Item } from '../model/item.ts';
import { foldSpaces, itemId } from '../model/item.ts';
import type { Span } from '../model/span.ts';
import { overlaps } from '../model/span.ts';
import { newItem, saidAgain } from './said.ts';
import type { Finding, FoundEvidence } from './finding.ts';
import type { ItemIndex } from './item-index.ts';

/**
 * A quote found: joined with those of the same message that it overlaps. What a person confirmed, corrected or rejected stays
 * as it is, and the new one does not come.
 */
export function applyQuote(index: ItemIndex, finding: Finding, now: number): void {
  const [found] = finding.evidence;
  if (found === undefined) return;
  const near = index.quotesOf(found).filter(({ status }) => status !== 'superseded');
  const touching = near.filter(({ evidence }) => evidence.some((each) => isOverlapping(each, found)));
  const decided = touching.some(({ status, corrected }) => status !== 'proposed' || corrected);
  if (decided) return;
  const joined = touching.reduce((words, item) => around(words, item), found);
  const quote = { ...finding, name: foldSpaces(joined.text), evidence: [joined] };
  const id = itemId('quote', quote.name);
  const known = index.get(id);
  if (known?.status === 'superseded') index.put({ ...newItem(quote, now), created: known.created });
  else index.put(known === undefined ? newItem(quote, now) : saidAgain(known, quote, now));
  for (const item of touching) if (item.id !== id) index.put(withoutWords(item, joined, id, now));
}

function isOverlapping(a: Evidence, b: Evidence): boolean {
  return a.source === b.source && a.sessionId === b.sessionId && a.messageId === b.messageId && overlaps(a, b);
}

/** The words of both: of the message, from where the first begins to where the last ends. */
function around(words: FoundEvidence, item: Item): FoundEvidence {
  return item.evidence.filter((each) => isOverlapping(each, words)).reduce(joinWords, words);
}

function joinWords(a: FoundEvidence, b: Evidence): FoundEvidence {
  const [first, second]: [Evidence, Evidence] = a.start <= b.start ? [a, b] : [b, a];
  const text = first.text + second.text.slice(Math.max(0, first.end - second.start));
  return { ...a, start: first.start, end: Math.max(a.end, b.end), text };
}

/** A shorter quote gives its words to the longer one; it stays while it was said elsewhere too. */
function withoutWords(item: Item, words: Span & Evidence, by: string, now: number): Item {
  const others = item.evidence.filter((each) => !isOverlapping(each, words));
  if (others.length > 0) return { ...item, evidence: others, updated: now };
  return { ...item, status: 'superseded', supersededBy: by, updated: now };
}
