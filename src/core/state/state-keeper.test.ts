import { describe, expect, it } from 'vitest';
import { NO_FLAGS } from '../model/message.ts';
import { ProblemError } from '../model/problem.ts';
import { MemoryStore } from './memory-store.ts';
import type { Migration } from './migrate.ts';
import { parseGroup } from './migrate.ts';
import type { PersonaGroup, PersonaState } from './records.ts';
import { loadState, previousValue } from './state-keeper.ts';
import { utf8Length } from './utf8.ts';

const VERSION = '000000001000device';
const NOW = Date.UTC(2026, 10, 21);

function persona(agent: string, text: string): PersonaGroup {
  const id = `opencode:${agent}`;
  const message = {
    id: `msg_${agent}`,
    source: 'opencode',
    sessionId: 'ses_1',
    agent,
    role: 'user',
    time: 5,
    text,
  } as const;
  return {
    record: { id, source: 'opencode', agent, name: null, floor: null, left: null, clips: [], version: VERSION },
    messages: [{ ...message, flags: NO_FLAGS, injected: false, version: VERSION }],
  };
}

async function open(store: MemoryStore): ReturnType<typeof loadState> {
  return loadState(store, () => 'device', NOW);
}

/** Commits a state the way an import does. */
async function keep(store: MemoryStore, change: (state: PersonaState) => PersonaState): Promise<string[]> {
  const { keeper } = await open(store);
  const prepared = keeper.prepare(change(keeper.state));
  await store.commit(prepared.writes);
  prepared.accept();
  return [...prepared.writes.keys()];
}

const withPersonas =
  (...groups: PersonaGroup[]) =>
  (state: PersonaState): PersonaState => ({
    ...state,
    personas: new Map(groups.map((group) => [group.record.id, group])),
  });

describe('keeping state', () => {
  it('gives back after a restart what was committed', async () => {
    const store = new MemoryStore();
    await keep(store, withPersonas(persona('build', 'hello')));
    const { keeper, setAside } = await open(store);
    expect(keeper.state.personas.get('opencode:build')).toEqual(persona('build', 'hello'));
    expect(keeper.state.meta.device).toBe('device');
    expect(setAside).toEqual([]);
  });

  it('counts the bytes that are stored', async () => {
    const store = new MemoryStore();
    await keep(store, withPersonas(persona('build', 'grüße 😀'), persona('plan', 'x')));
    const { keeper } = await open(store);
    const stored = await store.read((await store.keys()).filter((key) => key.startsWith('state/')));
    expect(keeper.bytes).toBe([...stored.values()].reduce((sum, text) => sum + utf8Length(text), 0));
  });

  it('writes only the groups that changed', async () => {
    const store = new MemoryStore();
    await keep(store, withPersonas(persona('build', 'a'), persona('plan', 'b')));
    const written = await keep(store, (state) => {
      const personas = new Map(state.personas).set('opencode:plan', persona('plan', 'c'));
      return { ...state, personas };
    });
    expect(written.sort()).toEqual(['previous/state/persona/opencode:plan', 'state/persona/opencode:plan']);
  });

  it('writes nothing when nothing changed', async () => {
    const store = new MemoryStore();
    await keep(store, withPersonas(persona('build', 'a')));
    expect(await keep(store, (state) => ({ ...state, personas: new Map(state.personas) }))).toEqual([]);
  });
});

describe('a group that cannot be read', () => {
  const KEY = 'state/persona/opencode:build';

  it('is set aside under its own key, never overwritten, and the others stay', async () => {
    const store = new MemoryStore();
    await keep(store, withPersonas(persona('build', 'a'), persona('plan', 'b')));
    await store.commit(new Map([[KEY, '{"schema":1,"persona":']]));
    const { keeper, setAside } = await open(store);
    expect([...keeper.state.personas.keys()]).toEqual(['opencode:plan']);
    expect(setAside).toMatchObject([{ group: KEY, keptAs: `aside/2026-11-21T00:00:00.000Z/${KEY}` }]);
    expect((await store.read([setAside[0]?.keptAs ?? ''])).values().next().value).toBe('{"schema":1,"persona":');
    expect(await store.keys()).not.toContain(KEY);
  });

  it('can be replaced by the last good value', async () => {
    const store = new MemoryStore();
    await keep(store, withPersonas(persona('build', 'first')));
    await keep(store, withPersonas(persona('build', 'second')));
    await store.commit(new Map([[KEY, 'nonsense']]));
    const { setAside } = await open(store);
    expect(setAside[0]?.previousReadable).toBe(true);
    await store.commit(await previousValue(store, KEY));
    const { keeper } = await open(store);
    expect(keeper.state.personas.get('opencode:build')?.messages[0]?.text).toBe('first');
  });

  it('says when there is no earlier copy', async () => {
    const store = new MemoryStore(new Map([[KEY, 'nonsense']]));
    expect((await open(store)).setAside[0]?.previousReadable).toBe(false);
    await expect(previousValue(store, KEY)).rejects.toThrow(ProblemError);
  });
});

describe('schema versions', () => {
  it('a newer one is refused with a clear word, and nothing is touched', async () => {
    const store = new MemoryStore(new Map([['state/meta', '{"schema":99}']]));
    await expect(open(store)).rejects.toThrow(/later version of Dramatis.*nothing was touched/);
    expect(await store.keys()).toEqual(['state/meta']);
  });

  it('an older one is brought forward, step by step', () => {
    const migrations = new Map<number, Migration>([
      [1, (_key, group) => ({ ...group, a: 1 })],
      [2, (_key, group) => ({ ...group, b: Number(group['a']) + 1 })],
    ]);
    expect(parseGroup('k', '{"schema":1}', migrations, 3)).toEqual({ schema: 3, a: 1, b: 2 });
  });

  it('one with no way forward cannot be read', () => {
    expect(() => parseGroup('k', '{"schema":0}')).toThrow(/no way from schema 0/);
    expect(() => parseGroup('k', '[]')).toThrow(/not an object/);
    expect(() => parseGroup('k', '{}')).toThrow(/no schema/);
  });
});

/** As the first version of the program stored it. */
const STORED_1: readonly (readonly [string, string])[] = [
  [
    'state/meta',
    '{"schema":1,"device":"tower","clock":"0mi7tvmeg0000tower","lastSync":1764000000000,"extractionPoint":null}',
  ],
  ['state/topics', '{"schema":1,"versions":["0mi7tvmeg0000tower"],"topics":[["ses_1","Deploys",0]]}'],
  [
    'state/persona/opencode:build',
    '{"schema":1,"persona":{"id":"opencode:build","source":"opencode","agent":"build","name":null,"floor":null,"version":"0mi7tvmeg0000tower"},"sessions":["ses_1"],"versions":["0mi7tvmeg0000tower"],"messages":[["msg_1",0,"u",1763999000000,0,"","Please use tabs."]]}',
  ],
];

describe('a state of schema 1', () => {
  it('is read as it was, with nothing remembered and nothing extracted', async () => {
    const { keeper, setAside } = await open(new MemoryStore(new Map(STORED_1)));
    expect(setAside).toEqual([]);
    const { meta, personas, topics, items, ledger, settings } = keeper.state;
    expect(meta).toEqual({
      device: 'tower',
      clock: '0mi7tvmeg0000tower',
      lastSync: 1_764_000_000_000,
      extractionPoint: null,
      lastCeremony: null,
      inStep: null,
    });
    expect(personas.get('opencode:build')?.messages).toMatchObject([{ text: 'Please use tabs.', flags: NO_FLAGS }]);
    expect([...topics.values()]).toMatchObject([{ name: 'Deploys' }]);
    expect([items.size, ledger.size, settings]).toEqual([0, 0, null]);
  });

  it('is written as the newer one where it changes, and read again', async () => {
    const store = new MemoryStore(new Map(STORED_1));
    await keep(store, (state) => ({ ...state, meta: { ...state.meta, lastCeremony: 7 } }));
    const { keeper } = await open(store);
    expect(keeper.state.meta.lastCeremony).toBe(7);
    expect(keeper.state.personas.get('opencode:build')?.messages).toHaveLength(1);
  });
});

describe('injected messages', () => {
  const injected = { ...persona('build', 'old').messages[0]!, id: 'msg_old', time: 1, injected: true };

  it('come and go without what is kept being written again', async () => {
    const store = new MemoryStore();
    await keep(store, withPersonas(persona('build', 'hello')));
    const { keeper } = await open(store);
    const group = keeper.state.personas.get('opencode:build')!;
    const withInjected = withPersonas({ ...group, messages: [injected, ...group.messages] })(keeper.state);
    const prepared = keeper.prepare(withInjected);
    expect([...prepared.writes.keys()]).toEqual(['injected/opencode:build']);
    await store.commit(prepared.writes);
    prepared.accept();
    expect(keeper.bytes).toBe(prepared.bytes);
    const again = (await open(store)).keeper;
    expect(again.state.personas.get('opencode:build')?.messages.map(({ id }) => id)).toEqual(['msg_old', 'msg_build']);
    expect(again.bytes).toBe(prepared.bytes);
    const without = again.prepare(withPersonas(group)(again.state));
    expect(without.writes.get('injected/opencode:build')).toBeNull();
  });
});

/** As the version before this one stored it. */
const STORED_2: readonly (readonly [string, string])[] = [
  [
    'state/persona/opencode:build',
    '{"schema":2,"persona":{"id":"opencode:build","source":"opencode","agent":"build","name":null,"floor":1763000000000,"version":"0mi7tvmeg0000tower"},"sessions":["ses_1"],"versions":["0mi7tvmeg0000tower"],"messages":[["msg_1",0,"u",1763999000000,0,"prof","Please use tabs."]]}',
  ],
  [
    'state/items',
    '{"schema":2,"sessions":["ses_1"],"versions":["0mi7tvmeg0000tower"],"items":[{"id":"trait.a","kind":"trait","name":"Uses tabs","learnedBy":["opencode:build"],"evidence":[["opencode",0,"msg_1",0,16,"h","Please use tabs.",1763999000000]],"status":"rejected","created":1,"updated":2,"version":0},{"id":"trait.b","kind":"trait","name":"Is brief","learnedBy":["opencode:build"],"evidence":[["opencode",0,"msg_1",0,16,"h","Please use tabs.",1763999000000]],"status":"proposed","created":1,"updated":2,"version":0}]}',
  ],
  [
    'state/ledger',
    '{"schema":2,"versions":["0mi7tvmeg0000tower"],"sessions":[["ses_1",[5,"msg_1"],1,4,9,[5,6,1],{"prof":"aaaaabbb"},false,0],["ses_2",[7,"msg_9"],2,8,9,null,{},true,0]]}',
  ],
];

describe('a state of schema 2', () => {
  it('is read as it was: floors are places, what a person decided is theirs, what was extracted is so anywhere', async () => {
    const { keeper, setAside } = await open(new MemoryStore(new Map(STORED_2)));
    expect(setAside).toEqual([]);
    const { personas, items, ledger, gone } = keeper.state;
    const { record, messages } = personas.get('opencode:build') ?? {};
    expect(record).toMatchObject({ floor: { time: 1_763_000_000_000, id: '' }, left: null, clips: [] });
    expect(messages).toMatchObject([{ text: 'Please use tabs.', flags: { p: true, r: true, o: true, f: true } }]);
    expect([...items.values()].map(({ decided }) => decided)).toEqual(['0mi7tvmeg0000tower', null]);
    const seen = { updated: 5, readThrough: 6, spoken: 1 };
    expect(ledger.get('ses_1')).toMatchObject({ seen, seenAnywhere: seen, sealed: null });
    expect(ledger.get('ses_2')).toMatchObject({ seen: null, sealed: { time: 7, id: 'msg_9' } });
    expect(gone.deleted.size).toBe(0);
  });
});
