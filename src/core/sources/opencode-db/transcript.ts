import type { MessageHead, SourceMessage, TextPiece } from '../source.ts';

/**
 * The messages of one session in order, with their texts: messages by their number, where they have one, after those that
 * have none, which go by time and id; texts by part id, joined by a blank line.
 *
 * @param revertedFrom the message from which on the person took the conversation back
 */
export function toTranscript(
  heads: readonly MessageHead[],
  pieces: readonly TextPiece[],
  revertedFrom: string | null,
): SourceMessage[] {
  const texts = new Map<string, TextPiece[]>();
  for (const piece of pieces) {
    const known = texts.get(piece.messageId);
    if (known === undefined) texts.set(piece.messageId, [piece]);
    else known.push(piece);
  }
  const sorted = heads.toSorted(inOrder);
  const reverted = revertedFrom === null ? -1 : sorted.findIndex((head) => head.id === revertedFrom);
  return sorted.map((head, i) => ({
    ...head,
    text: join(texts.get(head.id) ?? []),
    reverted: reverted >= 0 && i >= reverted,
  }));
}

function inOrder(a: MessageHead, b: MessageHead): number {
  return (a.seq ?? -1) - (b.seq ?? -1) || a.time - b.time || compare(a.id, b.id);
}

function join(pieces: readonly TextPiece[]): string {
  return pieces
    .toSorted((a, b) => compare(a.partId, b.partId))
    .map((piece) => piece.text)
    .join('\n\n');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
