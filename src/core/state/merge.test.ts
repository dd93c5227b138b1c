import { describe, expect, it } from 'vitest';
import { itemOf } from '../extraction/fixture-call.ts';
import { planCeremony } from '../ceremony/plan.ts';
import { doAction, undone } from '../memory/actions.ts';
import { DAY_MS, DEFAULT_LIMITS } from '../model/constants.ts';
import type { Evidence, Item } from '../model/item.ts';
import { ledgerKey } from '../model/ledger.ts';
import { NO_FLAGS } from '../model/message.ts';
import { wasAwayTooLong, withoutItems } from './deletions.ts';
import { createHybridClock, laterThan, stampAt } from './hybrid-clock.ts';
import type { ChangedBy } from './item-record.ts';
import { withItems } from './item-record.ts';
import { joinEntries } from './join-ledger.ts';
import { flagsIn, sealed } from './ledger-keys.ts';
import { mergeStates } from './merge.ts';
import type { LedgerRecord, MessageRecord, PersonaState } from './records.ts';
import { emptyState } from './records.ts';
import { sharedOf } from './shared.ts';

const NOW = Date.UTC(2026, 10, 21);
const ALL = { p: true, r: true, o: true, f: true };

/** The stamp of so many days after the first. */
function stamp(day: number, device = 'tower'): string {
  return createHybridClock(device).tick(NOW - 200 * DAY_MS + day * DAY_MS);
}

function changed(state: PersonaState, items: readonly Item[], day: number, by: ChangedBy, device = 'tower') {
  return { ...state, items: withItems(state.items, items, stamp(day, device), by) };
}

function merged(a: PersonaState, b: PersonaState): PersonaState {
  const options = { now: NOW, limits: DEFAULT_LIMITS };
  const [one, other] = [mergeStates(a, sharedOf(b), options).state, mergeStates(b, sharedOf(a), options).state];
  expect(sharedOf(one)).toEqual(sharedOf(other));
  return one;
}

const empty = emptyState('tower');
const tabs = itemOf('Uses tabs');
const brief = itemOf('Is brief');
const both = changed(empty, [tabs, brief], 1, 'rules');
const said = (time: number): Evidence => ({ ...tabs.evidence[0]!, time, hash: `h${time}`, messageId: `m${time}` });

describe('items of two devices', () => {
  it('a person’s word wins over what was found later', () => {
    const person = changed(both, [{ ...tabs, name: 'Wants tabs', status: 'confirmed', corrected: true }], 2, 'person');
    const found = changed(both, [{ ...tabs, evidence: [...tabs.evidence, said(9)] }], 3, 'rules', 'laptop');
    expect(merged(person, found).items.get(tabs.id)).toMatchObject({
      name: 'Wants tabs',
      status: 'confirmed',
      evidence: [...tabs.evidence, said(9)],
    });
  });

  it('of two decisions the later one holds', () => {
    const rejected = changed(both, [{ ...tabs, status: 'rejected' }], 2, 'person');
    const confirmed = changed(both, [{ ...tabs, status: 'confirmed' }], 3, 'person', 'laptop');
    expect(merged(rejected, confirmed).items.get(tabs.id)?.status).toBe('confirmed');
  });

  it('a merge that was taken back stays so, words and all', () => {
    const other = { ...brief, evidence: [said(9)] };
    const before = changed(both, [other], 2, 'rules');
    const done = doAction(before.items, { kind: 'merge', ids: [tabs.id, brief.id], into: tabs.id }, NOW);
    const after = changed(before, done.after, 3, 'person');
    const back = changed(after, undone(after.items, done, NOW), 4, 'person');
    const { items } = merged(back, after);
    expect(items.get(tabs.id)?.evidence).toEqual(tabs.evidence);
    expect(items.get(brief.id)).toMatchObject({ status: 'proposed', evidence: [said(9)] });
  });

  it('what was rejected and said again elsewhere has the words that both found since', () => {
    const rejected = changed(both, [{ ...tabs, status: 'rejected' }], 2, 'person');
    const again = { ...tabs, status: 'proposed', refused: tabs.evidence } as const;
    const one = changed(rejected, [{ ...again, evidence: [said(8)] }], 3, 'rules');
    const other = changed(rejected, [{ ...again, evidence: [said(9)] }], 4, 'rules', 'laptop');
    for (const late of [merged(merged(one, other), rejected), merged(one, merged(rejected, other))])
      expect(late.items.get(tabs.id)).toMatchObject({ status: 'proposed', evidence: [said(8), said(9)] });
  });

  it('two that were made one the other way round by each device are still there', () => {
    const over = (item: Item, by: Item): Item => ({ ...item, status: 'superseded', supersededBy: by.id });
    const one = changed(both, [over(tabs, brief)], 5, 'rules');
    const other = changed(both, [over(brief, tabs)], 4, 'rules', 'laptop');
    const standing = [...merged(one, other).items.values()].filter(({ status }) => status !== 'superseded');
    expect(standing).toHaveLength(1);
  });
});

describe('what a person deletes', () => {
  const deleted = { ...both, ...withoutItems(both, [tabs.id], stamp(100)) };

  it('does not come back from a device that had not heard of it, nor is it found again', () => {
    const found = changed(both, [{ ...tabs, evidence: [...tabs.evidence, said(9)] }], 101, 'rules', 'laptop');
    expect([...merged(deleted, found).items.keys()]).toEqual([brief.id]);
  });

  it('comes back when they take that back', () => {
    const back = changed(deleted, [tabs], 101, 'person');
    expect(merged(back, merged(deleted, both)).items.has(tabs.id)).toBe(true);
  });

  it('is remembered for 90 days; a device that was away for longer has to start from the vault', () => {
    const hold = (state: PersonaState, now: number): PersonaState =>
      planCeremony({ state, isOpen: () => false, now, limits: DEFAULT_LIMITS, stamp: stamp(150) }).state;
    const day = (at: number): number => NOW - 200 * DAY_MS + at * DAY_MS;
    expect(hold(deleted, day(189)).gone.deleted.size).toBe(1);
    const forgotten = hold(deleted, day(191));
    expect(forgotten.gone.deleted.size).toBe(0);
    expect(merged(forgotten, deleted).gone.deleted.size).toBe(0);
    const inStep = { time: day(1), horizon: both.gone.horizon };
    const isAway = (now: number, vault = forgotten): boolean => wasAwayTooLong(inStep, vault.gone, now);
    expect([isAway(day(90)), isAway(day(92))]).toEqual([false, true]);
    expect(wasAwayTooLong(null, forgotten.gone, day(92))).toBe(false);
    // nothing was dropped: its clock has jumped
    expect(isAway(day(92), deleted)).toBe(false);
    // what was dropped is not known
    expect([wasAwayTooLong(inStep, null, day(90)), wasAwayTooLong(inStep, null, day(92))]).toEqual([false, true]);
  });
});

describe('the ledger of two devices', () => {
  const entry = (...ids: string[]): LedgerRecord => ({
    sessionId: 's',
    messages: ids.length,
    tokens: 1,
    when: 1,
    seen: null,
    seenAnywhere: null,
    sealed: null,
    through: { time: 5, id: 'c' },
    done: { prof: ids.map((id) => ledgerKey(id, 'text')).join('') },
    version: stamp(1),
  });
  const isDone = (ledger: LedgerRecord, id: string, time: number): boolean =>
    flagsIn(ledger, { id, time, key: ledgerKey(id, 'text') }).f;

  it('has done what either has done', () => {
    const joined = joinEntries(entry('a', 'b'), entry('b', 'c'));
    expect(['a', 'b', 'c', 'd'].map((id) => isDone(joined, id, 1))).toEqual([true, true, true, false]);
  });

  it('keys that were let go do not come back, and what they stood for stays done', () => {
    const short = { ...entry('a', 'b'), ...sealed(entry('a', 'b')) };
    const joined = joinEntries(short, entry('a'));
    expect([joined.done, isDone(joined, 'a', 1), isDone(joined, 'x', 9)]).toEqual([{}, true, false]);
  });
});

describe('personas of two devices', () => {
  const message = (id: string, time: number, more: Partial<MessageRecord> = {}): MessageRecord => ({
    id,
    source: 'opencode',
    sessionId: 's',
    agent: 'build',
    role: 'user',
    time,
    text: id,
    flags: NO_FLAGS,
    injected: false,
    version: stamp(1),
    ...more,
  });
  const stateOf = (messages: MessageRecord[], more: object = {}): PersonaState => {
    const id = 'opencode:build';
    const own = { id, source: 'opencode', agent: 'build', name: null, floor: null, left: null, clips: [] } as const;
    return { ...empty, personas: new Map([[id, { record: { ...own, version: stamp(1), ...more }, messages }]]) };
  };
  const kept = (state: PersonaState): string[] =>
    state.personas.get('opencode:build')?.messages.map(({ id }) => id) ?? [];

  it('a name a person gave is not lost to a device that just found the persona', () => {
    const named = stateOf([], { name: 'Smith' });
    const found = stateOf([], { version: stamp(9, 'laptop') });
    expect(merged(named, found).personas.get('opencode:build')?.record.name).toBe('Smith');
  });

  it('what one pruned goes on the other; what waits there stays until it is done', () => {
    const pruned = stateOf([message('z', 9)], { floor: { time: 5, id: 'e' } });
    const other = stateOf([message('a', 1, { flags: ALL }), message('b', 2), message('z', 9)]);
    const both = merged(pruned, other);
    expect(kept(both)).toEqual(['b', 'z']);
    expect(kept(merged(both, stateOf([message('b', 2, { flags: ALL })])))).toEqual(['z']);
  });

  it('what was brought back for extraction stays on its device', () => {
    const here = stateOf([message('a', 1, { injected: true }), message('b', 2)]);
    const options = { now: NOW, limits: DEFAULT_LIMITS };
    expect(kept(mergeStates(empty, sharedOf(here), options).state)).toEqual(['b']);
    expect(kept(mergeStates(here, sharedOf(stateOf([message('c', 3)])), options).state)).toEqual(['a', 'b', 'c']);
  });

  it('a later text wins, a cut one is not made whole again', () => {
    const late = stateOf([message('a', 1, { text: 'whole', version: stamp(2) })]);
    const cut = { text: 'who', clippedFrom: 5, version: stamp(2) };
    const clips = [{ units: 3, through: { time: 1, id: 'a' } }];
    const both = merged(merged(late, stateOf([message('a', 1)])), stateOf([message('a', 1, cut)], { clips }));
    expect(both.personas.get('opencode:build')?.messages).toMatchObject([{ text: 'who', clippedFrom: 5 }]);
  });
});

describe('a clock that is a year ahead', () => {
  const ahead = createHybridClock('laptop').tick(NOW + 365 * DAY_MS);
  const poisoned = { ...both, items: withItems(both.items, [{ ...tabs, name: 'From next year' }], ahead, 'person') };

  it('does not carry the others away', () => {
    const { state } = mergeStates(both, sharedOf(poisoned), { now: NOW, limits: DEFAULT_LIMITS });
    expect((state.meta.clock ?? '') < stampAt(NOW + DAY_MS)).toBe(true);
    const clock = createHybridClock('tower');
    clock.seen(ahead, NOW);
    expect(clock.tick(NOW) < stampAt(NOW + DAY_MS)).toBe(true);
  });

  it('does not keep a person from changing what it wrote', () => {
    const now = createHybridClock('tower').tick(NOW);
    const mended = { ...poisoned, items: withItems(poisoned.items, [tabs], now, 'person') };
    expect(merged(mended, poisoned).items.get(tabs.id)?.name).toBe('Uses tabs');
    expect(laterThan(now, ahead) > ahead).toBe(true);
  });
});
