import { describe, expect, it } from 'vitest';
import { itemOf } from '../extraction/fixture-call.ts';
import { DAY_MS, DEFAULT_LIMITS } from '../model/constants.ts';
import type { Item } from '../model/item.ts';
import { Catalog } from '../catalog/catalog.ts';
import type { Job } from '../model/job.ts';
import { MemoryStore } from '../state/memory-store.ts';
import type { ItemRecord, PersonaState } from '../state/records.ts';
import { emptyState } from '../state/records.ts';
import type { StateAccess } from '../state/state-access.ts';
import { StateKeeper } from '../state/state-keeper.ts';
import { holdCeremony, isDue } from './ceremony.ts';
import { planDuplicates } from './duplicates.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const VERSION = '0000000010000device';

const map = (...items: Item[]): Map<string, ItemRecord> =>
  new Map(items.map((item) => [item.id, { ...item, decided: null, wordsSince: null, version: VERSION }]));

function access(meta: Partial<PersonaState['meta']>, jobs: Partial<Job>[] = []): StateAccess {
  const empty = emptyState('device');
  const keeper = new StateKeeper({ ...empty, meta: { ...empty.meta, lastSync: NOW, ...meta } }, new Map());
  const stored = jobs.map((job, at): [string, Job] => [
    `s${at}`,
    {
      id: `s${at}`,
      kind: 'kept',
      source: 'opencode',
      state: 'queued',
      messages: 1,
      tokens: 1,
      tries: 0,
      notBefore: null,
      reason: null,
      isWaiting: false,
      queued: 0,
      stamp: '',
      ...job,
    },
  ]);
  return {
    store: new MemoryStore(),
    keeper,
    catalog: new Catalog(),
    jobs: new Map(stored),
    now: () => NOW,
    stamp: () => VERSION,
    inTurn: (task) => task(),
    commit: async () => undefined,
  };
}

describe('duplicate items', () => {
  it('of the same normalised name and kind become one, with the words of both', () => {
    const a = itemOf('Uses tabs');
    const b = { ...itemOf('uses TABS!'), id: 'trait.other', evidence: [{ ...a.evidence[0]!, time: 9, hash: 'other' }] };
    const { items, merged } = planDuplicates(map(a, b), NOW, VERSION);
    expect(merged).toEqual([{ id: b.id, name: b.name, into: a.id }]);
    expect(items.get(a.id)?.evidence).toHaveLength(2);
    expect(items.get(b.id)).toMatchObject({ status: 'superseded', supersededBy: a.id });
    expect(planDuplicates(items, NOW, VERSION).merged).toEqual([]);
  });

  it('people meet by their aliases; facts about others, other kinds and quotes do not', () => {
    const people = [itemOf('Sarah', { kind: 'person', aliases: ['Sal'] }), itemOf('Sal', { kind: 'person' })];
    expect(planDuplicates(map(...people), NOW, VERSION).merged).toMatchObject([{ name: 'Sal' }]);
    const apart = [itemOf('Sal'), itemOf('Sal', { kind: 'topic' }), itemOf('Sal', { kind: 'quote' })];
    expect(planDuplicates(map(...apart), NOW, VERSION).merged).toEqual([]);
  });

  it('leaves what the person decided: of two confirmed both stay, a rejected one takes part in nothing', () => {
    const confirmed = itemOf('Uses tabs', { status: 'confirmed' });
    const twin = { ...itemOf('uses tabs', { status: 'confirmed' }), id: 'trait.twin' };
    const rejected = { ...itemOf('uses tabs', { status: 'rejected' }), id: 'trait.gone' };
    const all = map(confirmed, twin, rejected);
    expect(planDuplicates(all, NOW, VERSION)).toEqual({ items: all, merged: [] });
    const proposed = {
      ...itemOf('uses tabs'),
      id: 'trait.new',
      evidence: [1, 2].map((time) => ({ ...confirmed.evidence[0]!, time })),
    };
    const { merged } = planDuplicates(map(confirmed, proposed), NOW, VERSION);
    expect(merged).toMatchObject([{ id: 'trait.new', into: confirmed.id }]);
  });
});

describe('the hour of the ceremony', () => {
  const hours = (count: number): number => (count * DAY_MS) / 24;

  it('comes once a day, with the first opening after it', () => {
    expect(isDue(access({ lastCeremony: null }), NOW, 4, 'UTC')).toBe(true);
    expect(isDue(access({ lastCeremony: NOW - hours(7) }), NOW, 4, 'UTC')).toBe(false);
    expect(isDue(access({ lastCeremony: NOW - hours(9) }), NOW, 4, 'UTC')).toBe(true);
    expect(isDue(access({ lastCeremony: NOW - hours(14) }), NOW, 23, 'UTC')).toBe(true);
    expect(isDue(access({ lastCeremony: NOW - hours(12) }), NOW, 23, 'UTC')).toBe(false);
  });

  it('is the local one', () => {
    expect(isDue(access({ lastCeremony: NOW - hours(9) }), NOW, 4, 'America/New_York')).toBe(true);
    expect(isDue(access({ lastCeremony: NOW - hours(2) }), NOW, 4, 'America/New_York')).toBe(false);
  });

  it('never comes before anything was imported, nor while jobs could be done', () => {
    expect(isDue(access({ lastSync: null }), NOW, 4, 'UTC')).toBe(false);
    expect(isDue(access({}, [{}]), NOW, 4, 'UTC')).toBe(false);
    expect(isDue(access({}, [{ isWaiting: true }, { state: 'failed' }, { state: 'done' }]), NOW, 4, 'UTC')).toBe(true);
  });

  it('is refused by hand as well while jobs are queued, and says what to do', async () => {
    const outcome = await holdCeremony(access({}, [{}, { state: 'running' }]), NOW, DEFAULT_LIMITS);
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'queue-busy' }] });
    expect(JSON.stringify(outcome)).toContain('2 sessions');
  });
});
