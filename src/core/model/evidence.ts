/**
 * Evidence as a set that is bounded and still meets: uniting lists gives the same list in whatever order and however often it
 * is done, on whatever device. What is kept are the newest, `EVIDENCE_LIMIT` of them.
 */
import type { Evidence } from './item.ts';
import { EVIDENCE_LIMIT, foldSpaces } from './item.ts';
import { overlaps } from './span.ts';

/** All of both, each once, oldest first, the newest when there are too many. A copy of a message in a fork is the same message. */
export function uniteEvidence(
  a: readonly Evidence[],
  b: readonly Evidence[],
  limit: number = EVIDENCE_LIMIT,
): Evidence[] {
  const known = new Map<string, Evidence>();
  for (const each of [...a, ...b]) {
    const key = keyOf(each);
    const other = known.get(key);
    if (other === undefined || compareMessages(each, other) < 0) known.set(key, each);
  }
  return [...known.values()].sort(inOrder).slice(-limit);
}

/** True when two are the same words of the same message, or of its copy, in part or in whole; or the very same words elsewhere. */
export function isSameSaying(a: Evidence, b: Evidence): boolean {
  const sameBody = a.source === b.source && (a.messageId === b.messageId || a.hash === b.hash);
  return (sameBody && overlaps(a, b)) || wordsOf(a) === wordsOf(b);
}

function wordsOf({ text }: Evidence): string {
  return foldSpaces(text).toLowerCase();
}

function keyOf({ source, hash, start, end, time }: Evidence): string {
  return [source, hash, start, end, time].join('/');
}

/** By what never changes: which of its copies stands for a message may. */
function inOrder(a: Evidence, b: Evidence): number {
  return (
    a.time - b.time || compare(a.hash, b.hash) || a.start - b.start || a.end - b.end || compare(a.source, b.source)
  );
}

function compareMessages(a: Evidence, b: Evidence): number {
  return compare(a.sessionId, b.sessionId) || compare(a.messageId, b.messageId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
