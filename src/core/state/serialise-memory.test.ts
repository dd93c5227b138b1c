import { describe, expect, it } from 'vitest';
import { itemOf } from '../extraction/fixture-call.ts';
import { DEFAULT_SETTINGS } from '../model/extraction-settings.ts';
import { chosenAt } from './join-settings.ts';
import type { ItemRecord, LedgerRecord } from './records.ts';
import { SCHEMA } from './serialise.ts';
import {
  decodeItems,
  decodeLedger,
  decodeSettings,
  encodeItems,
  encodeLedger,
  encodeSettings,
} from './serialise-memory.ts';

const version = '0000000010000device';

function record(name: string, more: Partial<ItemRecord> = {}): ItemRecord {
  return { ...itemOf(name), decided: null, wordsSince: null, version, ...more };
}

const entry: LedgerRecord = {
  sessionId: 'ses_1',
  through: { time: 5, id: 'msg_1' },
  messages: 2,
  tokens: 30,
  when: 9,
  seen: { updated: 5, readThrough: 6, spoken: 2 },
  seenAnywhere: { updated: 5, readThrough: 6, spoken: 2 },
  done: { prof: 'aaaaabbbcccccddd', f: 'eeeeefff' },
  sealed: null,
  version,
};

describe('what is remembered, as text', () => {
  it('items come back as they were, whatever their order', () => {
    const items = [
      record('Uses tabs', { status: 'rejected', refused: itemOf('spaces').evidence, corrected: true }),
      record('Sarah', { kind: 'person', aliases: ['Sal'], description: 'Owns the deploy.' }),
      record('Tabs', { status: 'superseded', supersededBy: 'trait.x', decided: version, wordsSince: '1' }),
    ];
    const text = encodeItems(items);
    expect([...decodeItems(JSON.parse(text)).values()]).toEqual(items.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    expect(encodeItems(items.toReversed())).toBe(text);
  });

  it('an item without evidence is refused', () => {
    const text = encodeItems([record('Uses tabs', { evidence: [] })]);
    expect(() => decodeItems(JSON.parse(text))).toThrow(/length/);
  });

  it('the ledger comes back as it was, also an entry of which nothing is done', () => {
    const none = { ...entry, sessionId: 'ses_0', through: null, seen: null, done: {}, sealed: { time: 5, id: 'x' } };
    expect([...decodeLedger(JSON.parse(encodeLedger([entry, none]))).values()]).toEqual([none, entry]);
  });

  it('settings come back as they were', () => {
    const prices = { inputPerMillion: 3, outputPerMillion: 15 };
    const chosen = { ...chosenAt(''), prices: version };
    const settings = { ...DEFAULT_SETTINGS, prices, chosen, version };
    expect(decodeSettings(JSON.parse(encodeSettings(settings)))).toEqual(settings);
    const stored = { schema: SCHEMA, settings: { ...DEFAULT_SETTINGS, prices, version } };
    expect(decodeSettings(stored)).toEqual({ ...settings, chosen: chosenAt(version) });
    expect(() => decodeSettings({ schema: SCHEMA, settings: {} })).toThrow(/provider/);
  });
});
