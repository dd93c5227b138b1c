/**
 * What is remembered of a person: facts, traits, people, topics and quotes, each with the words it comes from.
 *
 * Contract:
 * - An item without evidence does not exist: `evidence` is never empty.
 * - Its id is made of kind and normalised name (`itemId`), so that two devices that learn the same thing meet. The id
 *   stays when a person corrects the name.
 * - To be said again adds evidence, nothing else: there is no certainty and no count.
 */
import type { Tool } from './agent-session.ts';
import { shortHash } from './short-hash.ts';

export const ITEM_KINDS = ['fact', 'trait', 'person', 'topic', 'quote'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** `proposed` by rules or a model, `confirmed` or `rejected` by the person, `superseded` by another item. */
export type ItemStatus = 'proposed' | 'confirmed' | 'rejected' | 'superseded';

/** The subject of a fact about the one who writes to the agents. */
export const HUMAN = 'human';

/** Words of one message, where they stand, and what the message was: enough to show them when it is gone. */
export interface Evidence {
  readonly source: Tool;
  readonly sessionId: string;
  readonly messageId: string;
  /** UTF-16 units into the whole message, not into what state kept of it. */
  readonly start: number;
  readonly end: number;
  /** `bodyHash` of the whole message. */
  readonly hash: string;
  /** The message from `start` to `end`. */
  readonly text: string;
  /** When the message was written, ms since 1970. */
  readonly time: number;
}

export interface Item {
  readonly id: string;
  readonly kind: ItemKind;
  readonly name: string;
  readonly description: string;
  /** Of a fact: `HUMAN`, or the name of someone or something else. Null for every other kind. */
  readonly subject: string | null;
  /** Other names of a person. */
  readonly aliases: readonly string[];
  /** Ids of the personas it was said to, in order. */
  readonly learnedBy: readonly string[];
  /** Oldest first, at most `EVIDENCE_LIMIT`, never empty. */
  readonly evidence: readonly Evidence[];
  readonly status: ItemStatus;
  /** The item that stands for this one, when it is superseded. */
  readonly supersededBy: string | null;
  /** Name or description were written by the person: nothing else changes them. */
  readonly corrected: boolean;
  /** Evidence a person has rejected the item for, when it came back from other words. Never shown as evidence. */
  readonly refused: readonly Evidence[];
  /** ms since 1970 */
  readonly created: number;
  readonly updated: number;
}

/** An item keeps the newest of its evidence, this many. */
export const EVIDENCE_LIMIT = 12;

/** The hash that evidence keeps of a message: equal for equal texts, in a browser and in Node. */
export function bodyHash(text: string): string {
  return shortHash([text]);
}

/**
 * A name as it is compared: one form of Unicode, lower case, single spaces, without quotation marks around it and
 * punctuation after it. Empty when nothing that names anything is left.
 */
export function normaliseName(name: string): string {
  const folded = foldSpaces(name.normalize('NFKC').toLowerCase().normalize('NFKC')).replaceAll(/[‘’ʼ`]/g, "'");
  const bare = folded.replace(/^["'“”«»(\s]+/, '').replace(/["'“”«».,;:!?…)\s]+$/, '');
  return /[\p{L}\p{N}]/u.test(bare) ? bare : '';
}

/** Runs of white space as one space, none at the ends. */
export function foldSpaces(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The id of an item: its kind and a hash of its normalised name. A fact about someone else is another one than the same fact about the human. */
export function itemId(kind: ItemKind, name: string, subject: string | null = null): string {
  const about = kind === 'fact' && subject !== null && subject !== HUMAN ? [normaliseName(subject)] : [];
  return `${kind}.${shortHash([normaliseName(name), ...about])}`;
}
