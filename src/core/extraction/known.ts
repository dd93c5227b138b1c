/** Which of the items that are known go along with a call, so that the reply can say what belongs to them. */
import type { Item, ItemKind } from '../model/item.ts';
import type { Chunk } from './chunks.ts';
import { textTokens } from './messages.ts';

/** Known items take at most this many tokens of a call, beside those of its messages. */
export const KNOWN_TOKEN_LIMIT = 800;

/** A shorter word says little. */
const SHORTEST_WORD = 3;
/** What an item scores for words of the same session. A word in common scores 1, shared with the other items that have it. */
const SAME_SESSION = 0.5;

/**
 * The items that have most in common with the chunk, the best first, while there is room. Quotes are not known items, and
 * what was rejected or superseded is not offered again. The same input gives the same list.
 *
 * @param tokens room for all of them, as `knownLine` writes them
 */
export function selectKnown(
  items: Iterable<Item>,
  chunk: Chunk,
  kinds: readonly ItemKind[],
  tokens: number = KNOWN_TOKEN_LIMIT,
): Item[] {
  const words = new Set(chunk.parts.flatMap(({ message, start, end }) => wordsOf(message.text.slice(start, end))));
  const sessions = new Set(chunk.parts.map(({ message }) => message.sessionId));
  const offered = [...items].filter(
    ({ kind, status }) => kind !== 'quote' && kinds.includes(kind) && (status === 'proposed' || status === 'confirmed'),
  );
  const named = offered.map((item) => ({ item, own: itemWords(item) }));
  const rarity = rarityOf(named.map(({ own }) => own));
  const scored = named
    .map(({ item, own }) => ({ item, score: scoreOf(own, words, rarity) + sessionScore(item, sessions) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.item.updated - a.item.updated || (a.item.id < b.item.id ? -1 : 1));
  const chosen: Item[] = [];
  let left = tokens;
  for (const { item } of scored) {
    const cost = textTokens(knownLine('k000', item));
    if (cost > left) continue;
    chosen.push(item);
    left -= cost;
  }
  return chosen;
}

/** An item as a call shows it. */
export function knownLine(reference: string, item: Item): string {
  const about = item.subject === null ? '' : ` (about ${item.subject})`;
  const aliases = item.aliases.length === 0 ? '' : ` (also ${item.aliases.join(', ')})`;
  return `[${reference}] ${item.kind}: ${item.name}${about}${aliases}\n`;
}

function scoreOf(own: ReadonlySet<string>, words: ReadonlySet<string>, rarity: ReadonlyMap<string, number>): number {
  let score = 0;
  for (const word of own) if (words.has(word)) score += 1 / (rarity.get(word) ?? 1);
  return score;
}

function sessionScore({ evidence }: Item, sessions: ReadonlySet<string>): number {
  return evidence.some(({ sessionId }) => sessions.has(sessionId)) ? SAME_SESSION : 0;
}

/** In how many items a word stands. */
function rarityOf(items: readonly ReadonlySet<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const own of items) for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function itemWords({ name, aliases }: Item): Set<string> {
  return new Set([name, ...aliases].flatMap(wordsOf));
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}+#]+/gu) ?? []).filter((word) => word.length >= SHORTEST_WORD);
}
