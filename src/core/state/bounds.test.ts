import { describe, expect, it } from 'vitest';
import { grown } from '../import/ledger.ts';
import type { LedgerMessage } from '../import/ledger.ts';
import { itemOf } from '../extraction/fixture-call.ts';
import { ledgerKey } from '../model/ledger.ts';
import { boundItems, boundLedger } from './bounds.ts';
import { isItemGone } from './join-gone.ts';
import { flagsIn } from './ledger-keys.ts';
import type { ItemRecord, LedgerRecord } from './records.ts';
import { NOTHING_GONE } from './records.ts';

const version = '0000000010000device';
const ALL = { p: true, r: true, o: true, f: true };
const NONE = { p: false, r: false, o: false, f: false };

function messages(session: string, count: number): LedgerMessage[] {
  return Array.from({ length: count }, (_, at) => {
    const id = `${session}-${at}`;
    return { id, time: 1_000 + at, key: ledgerKey(id, 'words'), tokens: 6 };
  });
}

function done(sessionId: string, all: LedgerMessage[], when: number, entry?: LedgerRecord): LedgerRecord {
  const extracted = all.map((message) => ({ message, flags: ALL }));
  const seen = { updated: 1, readThrough: 1, spoken: all.length };
  return { ...grown(entry, { sessionId, messages: all, extracted, seen, now: when }), version };
}

describe('the share of the ledger', () => {
  const entries = ['a', 'b', 'c'].map((id, at) => done(id, messages(id, 100), at));
  const ledger = new Map(entries.map((entry) => [entry.sessionId, entry]));

  it('is kept by letting the keys of those that were done longest ago go', () => {
    expect(boundLedger(ledger, 100_000)).toBe(ledger);
    const bound = boundLedger(ledger, 15_000);
    expect([...bound.values()].map(({ sealed }) => sealed)).toEqual([{ time: 1_099, id: 'a-99' }, null, null]);
  });

  it('a sealed entry still knows what is done, and what comes after', () => {
    const sealed = boundLedger(ledger, 1).get('a')!;
    expect(JSON.stringify(sealed).length).toBeLessThan(300);
    const [first, ...rest] = messages('a', 102);
    expect(flagsIn(sealed, first!)).toEqual(ALL);
    expect(rest.map((message) => flagsIn(sealed, message).f).indexOf(false)).toBe(99);
    const again = done('a', messages('a', 102), 9, sealed);
    expect(again).toMatchObject({ messages: 102, through: { id: 'a-101' }, sealed: { id: 'a-99' } });
  });

  it('what is not done keeps its keys', () => {
    const open = new Map([['a', { ...entries[0]!, seen: null }]]);
    expect(boundLedger(open, 1)).toEqual(open);
  });
});

describe('an entry of the ledger', () => {
  it('says how far it goes: up to the first message that is left', () => {
    const all = messages('a', 4);
    const seen = { updated: 1, readThrough: 1, spoken: 4 };
    const some = [0, 1, 3].map((at) => ({ message: all[at]!, flags: ALL }));
    const entry = grown(undefined, { sessionId: 'a', messages: all, extracted: some, seen, now: 5 });
    expect(entry).toMatchObject({ through: { id: 'a-1' }, messages: 3, seen: null });
    const facts = [{ message: all[2]!, flags: { ...NONE, f: true } }];
    const half = grown(entry, { sessionId: 'a', messages: all, extracted: facts, seen, now: 6 });
    expect([flagsIn(half, all[2]!), half.seen]).toEqual([{ ...NONE, f: true }, null]);
    const last = [{ message: all[2]!, flags: { ...ALL, f: false } }];
    expect(grown(half, { sessionId: 'a', messages: all, extracted: last, seen, now: 7 })).toMatchObject({
      through: { id: 'a-3' },
      messages: 4,
      seen,
    });
  });

  it('a text that changed is another message; its old key goes', () => {
    const all = messages('a', 2);
    const entry = done('a', all, 1);
    const changed = { ...all[1]!, key: ledgerKey('a-1', 'other words') };
    expect(flagsIn(entry, changed)).toEqual(NONE);
    const looked = { sessionId: 'a', messages: [all[0]!, changed], extracted: [], seen: entry.seen!, now: 2 };
    expect(grown(entry, looked)).toMatchObject({ messages: 1, seen: null, done: { prof: all[0]!.key }, when: 1 });
  });
});

describe('the share of items', () => {
  it('is kept by letting go what was proposed, said least and longest ago; never what the person decided', () => {
    const items = Array.from({ length: 40 }, (_, at): ItemRecord => {
      const item = itemOf(`Says thing ${at}`, { status: at < 2 ? 'confirmed' : at < 4 ? 'rejected' : 'proposed' });
      return {
        ...item,
        corrected: at === 4,
        evidence: [{ ...item.evidence[0]!, time: at }],
        decided: null,
        wordsSince: null,
        version,
      };
    });
    const all = new Map(items.map((item) => [item.id, item]));
    expect(boundItems(all, NOTHING_GONE, 1_000_000).items).toBe(all);
    const { items: left, gone } = boundItems(all, NOTHING_GONE, 20_000);
    const bound = [...left.values()];
    expect(items.filter((item) => isItemGone(item, gone))).toEqual(items.filter(({ id }) => !left.has(id)));
    expect(bound.length).toBeLessThan(30);
    expect(bound.slice(0, 5)).toEqual(items.slice(0, 5));
    expect(bound.at(-1)).toBe(items.at(-1));
  });
});
