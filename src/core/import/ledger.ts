/** What the ledger says of a session and its messages, and how it grows. Pure. */
import type { CatalogRow } from '../model/agent-session.ts';
import type { LedgerEntry, MessagePlace, SessionSeen } from '../model/ledger.ts';
import { idOfKey, KEY_UNITS } from '../model/ledger.ts';
import type { Flags } from '../model/message.ts';
import { isFullyExtracted, NO_FLAGS } from '../model/message.ts';
import { byTimeThenId } from '../state/records.ts';
import { decodeFlags, encodeFlags } from '../state/serialise.ts';
import { spokenIn } from './copies.ts';

/** A message as the ledger knows it. */
export interface LedgerMessage extends MessagePlace {
  /** `ledgerKey` of its id and its whole text. */
  readonly key: string;
  readonly tokens: number;
}

const ALL_FLAGS: Flags = { p: true, r: true, o: true, f: true };

/** What the catalog says of a session now. */
export function seenOf(row: CatalogRow): SessionSeen {
  return { updated: row.sourceUpdated, readThrough: row.readThrough, spoken: spokenIn(row) };
}

/** Whether nothing of the session is left to extract, as far as the catalog knows it. */
export function isDone(row: CatalogRow, entry: LedgerEntry | undefined): boolean {
  const seen = seenOf(row);
  return seen.spoken === 0 || isSameSeen(entry?.seen ?? null, seen);
}

function isSameSeen(a: SessionSeen | null, b: SessionSeen): boolean {
  return a !== null && a.updated === b.updated && a.readThrough === b.readThrough && a.spoken === b.spoken;
}

/** What has been extracted of a message. */
export function flagsIn(entry: LedgerEntry | undefined, { key, time, id }: Omit<LedgerMessage, 'tokens'>): Flags {
  if (entry === undefined) return NO_FLAGS;
  if (entry.sealed && entry.through !== null && byTimeThenId({ time, id }, entry.through) <= 0) return ALL_FLAGS;
  return keysOf(entry).get(key) ?? NO_FLAGS;
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
    keys.set(message.key, united(known, flags));
  }
  const after = { ...entry, sealed: entry?.sealed ?? false, through: entry?.through ?? null };
  const isIn = (message: LedgerMessage): boolean =>
    isFullyExtracted(keys.get(message.key) ?? NO_FLAGS) ||
    (after.sealed && after.through !== null && byTimeThenId(message, after.through) <= 0);
  const left = messages.findIndex((message) => !isIn(message));
  const last = left === -1 ? messages.at(-1) : messages[left - 1];
  const full = messages.filter(isIn);
  return {
    sessionId,
    through: last === undefined ? after.through : later(after.sealed ? after.through : null, last),
    messages: full.length,
    tokens: full.reduce((sum, { tokens }) => sum + tokens, 0),
    when: extracted.length === 0 ? (entry?.when ?? now) : Math.max(entry?.when ?? now, now),
    seen: left === -1 ? seen : null,
    done: encodeKeys(keys),
    sealed: after.sealed,
  };
}

/** The entry without its keys: everything up to `through` is done. Only for one of which nothing is left. */
export function sealed(entry: LedgerEntry): LedgerEntry {
  return { ...entry, done: {}, sealed: true };
}

export function united(a: Flags, b: Flags): Flags {
  return { p: a.p || b.p, r: a.r || b.r, o: a.o || b.o, f: a.f || b.f };
}

function later(a: MessagePlace | null, b: MessagePlace): MessagePlace {
  return a === null || byTimeThenId(a, b) < 0 ? { time: b.time, id: b.id } : a;
}

/** Entries never change: each is taken apart once. */
const known = new WeakMap<LedgerEntry['done'], ReadonlyMap<string, Flags>>();

function keysOf({ done }: LedgerEntry): ReadonlyMap<string, Flags> {
  const found = known.get(done);
  if (found !== undefined) return found;
  const keys = new Map<string, Flags>();
  for (const [text, joined] of Object.entries(done)) {
    const flags = decodeFlags(text);
    for (let at = 0; at < joined.length; at += KEY_UNITS) keys.set(joined.slice(at, at + KEY_UNITS), flags);
  }
  known.set(done, keys);
  return keys;
}

function encodeKeys(keys: ReadonlyMap<string, Flags>): LedgerEntry['done'] {
  const groups = new Map<string, string[]>();
  for (const [key, flags] of keys) {
    const text = encodeFlags(flags);
    if (text === '') continue;
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [key]);
    else group.push(key);
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  const done = Object.fromEntries(sorted.map(([text, group]) => [text, group.sort().join('')]));
  known.set(done, new Map(keys));
  return done;
}
