/** What providers find: drafts as they say it, findings as they hold. */
import type { Evidence, Item, ItemKind } from '../model/item.ts';
import type { Span } from '../model/span.ts';
import type { AskedKind } from './call.ts';
import type { ChunkPart } from './chunks.ts';

/** Words in a part of a chunk: where they stand in the whole message. */
export interface Place extends Span {
  readonly part: ChunkPart;
}

interface Found extends Pick<Item, 'name' | 'description' | 'subject' | 'aliases'> {
  /** The id of the known item it belongs to. */
  readonly known: string | null;
}

/** A finding as a provider gives it. */
export interface Draft extends Found {
  readonly kind: AskedKind;
  readonly places: readonly Place[];
}

export interface FoundEvidence extends Evidence {
  /** The persona whose message it is. */
  readonly persona: string;
}

/** A finding that holds. */
export interface Finding extends Found {
  readonly kind: ItemKind;
  /** Never empty. */
  readonly evidence: readonly FoundEvidence[];
}

/** How much was left out, by reason. */
export interface Dropped {
  /** Words that do not stand in the message. */
  readonly notInMessage: number;
  /** Words in code, logs, quotations, pasted files. */
  readonly notProse: number;
  /** Words of an assistant, or of a message that was not to be analysed. */
  readonly notHuman: number;
  /** Findings without evidence that holds. */
  readonly withoutEvidence: number;
  /** Findings without a name, or of a kind nobody asked for. */
  readonly unusable: number;
}

export interface Findings {
  readonly findings: readonly Finding[];
  readonly dropped: Dropped;
}
