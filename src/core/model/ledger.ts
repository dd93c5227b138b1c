/**
 * The ledger: one small entry for each session, of what has been extracted of it. It is what makes "once" true, whatever else is
 * kept or pruned.
 *
 * Contract:
 * - A message is in the ledger by a key of its id and its whole text (`ledgerKey`): a text that changed is another one.
 * - Keys are only added, but for those of texts a message does not have any more.
 * - A sealed entry has let keys go: everything of the session up to `sealed` is done.
 */
import { shortHash } from './short-hash.ts';

/** A message by its place in the conversation. */
export interface MessagePlace {
  /** ms since 1970 */
  readonly time: number;
  readonly id: string;
}

/** What the catalog said of a session when all of it was extracted: while it says the same, there is nothing to do. */
export interface SessionSeen {
  /** The session's own time, ms. */
  readonly updated: number;
  /** The newest change of any of its messages, ms. */
  readonly readThrough: number;
  /** Messages personas may keep. */
  readonly spoken: number;
}

export interface LedgerEntry {
  readonly sessionId: string;
  /** All up to this message is done, for all four kinds. Null: not even the first. */
  readonly through: MessagePlace | null;
  /** Messages that are done for all four kinds. */
  readonly messages: number;
  /** Tokens of them. */
  readonly tokens: number;
  /** When it was last extracted, ms since 1970. */
  readonly when: number;
  /** By this device's catalog, when nothing was left; null while something is. No other device gets it. */
  readonly seen: SessionSeen | null;
  /** The latest that any device has seen and extracted in whole. */
  readonly seenAnywhere: SessionSeen | null;
  /** Keys of messages by the flags that are set for them, `prof` for all: `KEY_UNITS` each, one after the other, sorted. */
  readonly done: Readonly<Record<string, string>>;
  /** Everything up to here is done; its keys were let go. Null: none were. */
  readonly sealed: MessagePlace | null;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const ID_UNITS = 5;
const TEXT_UNITS = 3;
export const KEY_UNITS = ID_UNITS + TEXT_UNITS;

/** Stands for a message with this text. Equal for two messages of one session all but never. */
export function ledgerKey(messageId: string, text: string): string {
  return digits(messageId, ID_UNITS) + digits(text, TEXT_UNITS);
}

/** The part of a key that stays when the text changes. */
export function idOfKey(key: string): string {
  return key.slice(0, ID_UNITS);
}

/** The last bits of the hash of a text, six a character. */
function digits(text: string, units: number): string {
  let bits = Number.parseInt(shortHash([text]).split('.')[0] ?? '', 36);
  let written = '';
  for (let at = 0; at < units; at++) {
    written += ALPHABET[bits & 63] ?? '';
    bits >>>= 6;
  }
  return written;
}
