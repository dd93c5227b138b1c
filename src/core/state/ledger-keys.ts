/** The keys of a ledger entry: which of a session's messages are done. */
import type { LedgerEntry, MessagePlace, SessionSeen } from '../model/ledger.ts';
import { idOfKey, KEY_UNITS, ledgerKey } from '../model/ledger.ts';
import type { Flags } from '../model/message.ts';
import { NO_FLAGS } from '../model/message.ts';
import { byTimeThenId } from './records.ts';
import { decodeFlags, encodeFlags } from './serialise.ts';

const ALL_FLAGS: Flags = { p: true, r: true, o: true, f: true };

/** What has been extracted of a message. @param key `ledgerKey` of its id and its whole text */
export function flagsIn(
  entry: LedgerEntry | undefined,
  { key, time, id }: MessagePlace & { readonly key: string },
): Flags {
  if (entry === undefined) return NO_FLAGS;
  if (isSealed(entry, { time, id })) return ALL_FLAGS;
  return keysOf(entry).get(key) ?? NO_FLAGS;
}

/** The same for a message whatever its text was then. */
export function flagsOfAnyText(entry: LedgerEntry, { time, id }: MessagePlace): Flags {
  if (isSealed(entry, { time, id })) return ALL_FLAGS;
  return flagsById(entry).get(idOfKey(ledgerKey(id, ''))) ?? NO_FLAGS;
}

const byId = new WeakMap<LedgerEntry['done'], ReadonlyMap<string, Flags>>();

function flagsById(entry: LedgerEntry): ReadonlyMap<string, Flags> {
  const found = byId.get(entry.done);
  if (found !== undefined) return found;
  const all = new Map<string, Flags>();
  for (const [key, flags] of keysOf(entry)) {
    const start = idOfKey(key);
    all.set(start, unitedFlags(all.get(start) ?? NO_FLAGS, flags));
  }
  byId.set(entry.done, all);
  return all;
}

export function isSealed(entry: Pick<LedgerEntry, 'sealed'> | undefined, place: MessagePlace): boolean {
  const sealed = entry?.sealed ?? null;
  return sealed !== null && byTimeThenId(place, sealed) <= 0;
}

/**
 * The entry without its keys: everything up to `through` is done. Only for one of which nothing is left; the same entry when
 * sealing it would say nothing new, or when it has keys of other devices' messages, that may stand after `through`.
 */
export function sealed(entry: LedgerEntry): LedgerEntry {
  const { through, messages } = entry;
  if (through === null || isSealed(entry, through) || keysOf(entry).size > messages) return entry;
  return { ...entry, done: {}, sealed: through };
}

export function unitedFlags(a: Flags, b: Flags): Flags {
  return { p: a.p || b.p, r: a.r || b.r, o: a.o || b.o, f: a.f || b.f };
}

/** All keys of both. */
export function unitedKeys(a: LedgerEntry, b: LedgerEntry): LedgerEntry['done'] {
  const keys = new Map(keysOf(a));
  for (const [key, flags] of keysOf(b)) keys.set(key, unitedFlags(keys.get(key) ?? NO_FLAGS, flags));
  return encodeKeys(keys);
}

/** Below, at or above zero as `a` is before, the same as or after `b`. */
export function compareSeen(a: SessionSeen, b: SessionSeen): number {
  return a.updated - b.updated || a.readThrough - b.readThrough || a.spoken - b.spoken;
}

/** Entries never change: each is taken apart once. */
const known = new WeakMap<LedgerEntry['done'], ReadonlyMap<string, Flags>>();

export function keysOf({ done }: Pick<LedgerEntry, 'done'>): ReadonlyMap<string, Flags> {
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

export function encodeKeys(keys: ReadonlyMap<string, Flags>): LedgerEntry['done'] {
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
