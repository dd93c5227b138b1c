/** What the ledger says of a session and its messages, and how it grows. Pure. */
import type { CatalogRow } from '../model/agent-session.ts';
import type { LedgerEntry, MessagePlace, SessionSeen } from '../model/ledger.ts';
import { idOfKey } from '../model/ledger.ts';
import type { Flags } from '../model/message.ts';
import { isFullyExtracted, NO_FLAGS } from '../model/message.ts';
import { compareSeen, encodeKeys, isSealed, keysOf, unitedFlags } from '../state/ledger-keys.ts';
import { byTimeThenId } from '../state/records.ts';
import { spokenIn } from './copies.ts';

/** A message as the ledger knows it. */
export interface LedgerMessage extends MessagePlace {
  /** `ledgerKey` of its id and its whole text. */
  readonly key: string;
  readonly tokens: number;
}

/** What the catalog says of a session now. */
export function seenOf(row: CatalogRow): SessionSeen {
  return { updated: row.sourceUpdated, readThrough: row.readThrough, spoken: spokenIn(row) };
}

/** Whether nothing of the session is left to extract, as far as the catalog knows it. */
export function isDone(row: CatalogRow, entry: LedgerEntry | undefined): boolean {
  const seen = seenOf(row);
  return seen.spoken === 0 || isSameSeen(entry?.seen, seen) || isSameSeen(entry?.seenAnywhere, seen);
}

function isSameSeen(a: SessionSeen | null | undefined, b: SessionSeen): boolean {
  return a !== null && a !== undefined && compareSeen(a, b) === 0;
}

export interface Extracted {
  readonly message: LedgerMessage;
  readonly flags: Flags;
}

export interface LedgerStep {
  readonly sessionId: string;
  /** All messages of the session as they were read, in order of time and id. */
  readonly messages: readonly LedgerMessage[];
  /** Done now: flags are added to those that are set. */
  readonly extracted: readonly Extracted[];
  /** What the catalog says of the session. */
  readonly seen: SessionSeen;
  /** ms */
  readonly now: number;
}

/** The entry after some messages of a session have been extracted; or none, when it was only looked whether any is left. */
export function grown(entry: LedgerEntry | undefined, step: LedgerStep): LedgerEntry {
  const { sessionId, messages, extracted, seen, now } = step;
  const keys = new Map(entry === undefined ? [] : keysOf(entry));
  const current = new Map(messages.map(({ key }) => [idOfKey(key), key]));
  for (const key of keys.keys()) if ((current.get(idOfKey(key)) ?? key) !== key) keys.delete(key);
  for (const { message, flags } of extracted) {
    const known = keys.get(message.key) ?? NO_FLAGS;
    keys.set(message.key, unitedFlags(known, flags));
  }
  const isIn = (message: LedgerMessage): boolean =>
    isFullyExtracted(keys.get(message.key) ?? NO_FLAGS) || isSealed(entry, message);
  const left = messages.findIndex((message) => !isIn(message));
  const last = left === -1 ? messages.at(-1) : messages[left - 1];
  const full = messages.filter(isIn);
  return {
    sessionId,
    through: last === undefined ? (entry?.through ?? null) : later(entry?.sealed ?? null, last),
    messages: full.length,
    tokens: full.reduce((sum, { tokens }) => sum + tokens, 0),
    when: extracted.length === 0 ? (entry?.when ?? now) : Math.max(entry?.when ?? now, now),
    seen: left === -1 ? seen : null,
    seenAnywhere: seenByAny(entry?.seenAnywhere ?? null, seen, left === -1),
    done: encodeKeys(keys),
    sealed: entry?.sealed ?? null,
  };
}

/** Of a session that looks as it did when it was done, and is not, nothing is known. */
function seenByAny(known: SessionSeen | null, seen: SessionSeen, isWhole: boolean): SessionSeen | null {
  if (!isWhole) return isSameSeen(known, seen) ? null : known;
  return known === null || compareSeen(known, seen) < 0 ? seen : known;
}

function later(a: MessagePlace | null, b: MessagePlace): MessagePlace {
  return a === null || byTimeThenId(a, b) < 0 ? { time: b.time, id: b.id } : a;
}
