/** One call of an extraction: what is asked, of which messages, with which items known. Every provider is given this. */
import type { Item, ItemKind } from '../model/item.ts';
import type { Chunk, ChunkPart } from './chunks.ts';

/** What can be asked for. Each has a flag of its own on every message: `f`, `r`, `p`, `o`. Quotes come along with any of them. */
export const ASKED_KINDS = ['fact', 'trait', 'person', 'topic'] as const satisfies readonly ItemKind[];
export type AskedKind = (typeof ASKED_KINDS)[number];

export interface ExtractionCall {
  readonly kinds: readonly AskedKind[];
  readonly chunk: Chunk;
  /** From `selectKnown`: in the reply they are `k1`, `k2`, … in this order. */
  readonly known: readonly Item[];
}

/** The parts that are analysed, under the names a reply calls them by: `m1`, `m2`, …. */
export function messageReferences(chunk: Chunk): Map<string, ChunkPart> {
  const analysed = chunk.parts.filter(({ purpose }) => purpose === 'analyse');
  return new Map(analysed.map((part, at) => [`m${at + 1}`, part]));
}

/** The known items under the names a reply calls them by. */
export function knownReferences(known: readonly Item[]): Map<string, Item> {
  return new Map(known.map((item, at) => [`k${at + 1}`, item]));
}
