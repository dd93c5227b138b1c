import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../model/constants.ts';
import { NO_FLAGS } from '../model/message.ts';
import { mergeStates } from './merge.ts';
import type { MessageRecord, PersonaState } from './records.ts';
import { emptyState } from './records.ts';
import { readShards, shardsOf } from './shards.ts';
import { sharedOf } from './shared.ts';

const VERSION = '0mi7tvmeg0000tower';

function message(at: number, injected = false): MessageRecord {
  const known = { source: 'opencode', sessionId: 'ses_1', agent: 'build', role: 'user' } as const;
  return { ...known, id: `msg_${at}`, time: at, text: `said ${at}`, flags: NO_FLAGS, injected, version: VERSION };
}

function stateOf(messages: readonly MessageRecord[], device = 'tower'): PersonaState {
  const id = 'opencode:build';
  const record = {
    id,
    source: 'opencode',
    agent: 'build',
    name: null,
    floor: null,
    left: null,
    clips: [],
    version: VERSION,
  } as const;
  return { ...emptyState(device), personas: new Map([[id, { record, messages }]]) };
}

const messages = Array.from({ length: 1_000 }, (_, at) => message(at));

describe('the shards of a state', () => {
  it('give its shared records back, in whatever order they are read', () => {
    const state = stateOf(messages);
    const shards = [...shardsOf(state)];
    expect(shards.length).toBeGreaterThan(5);
    for (const order of [shards, shards.toReversed()]) {
      const options = { now: 0, limits: DEFAULT_LIMITS };
      const { state: read } = mergeStates(emptyState('laptop'), readShards(order), options);
      expect([...shardsOf(read)]).toEqual(shards);
    }
  });

  it('that overlap give the later of what both have, in whatever order they are read', () => {
    const [name = '', old = ''] =
      [...shardsOf(stateOf([message(1)]))].find(([each]) => each.startsWith('messages/')) ?? [];
    const newer = { ...message(1), flags: { p: true, r: true, o: true, f: true }, version: '0mi7tvmeh0000tower' };
    const news = [...shardsOf(stateOf([newer, ...messages.filter(({ id }) => id !== newer.id)]))].filter(([each]) =>
      each.startsWith('messages/'),
    );
    for (const order of [
      [[name, old] as const, ...news],
      [...news, [name, old] as const],
    ])
      expect(
        readShards(order)
          .personas.get('opencode:build')
          ?.messages.find(({ id }) => id === 'msg_1'),
      ).toEqual(newer);
  });

  it('are small, however long messages are', () => {
    const long = Array.from({ length: 200 }, (_, at) => ({ ...message(at * 60_000), text: 'x'.repeat(4_000) }));
    const lengths = [...shardsOf(stateOf(long)).values()].map((text) => text.length);
    expect(Math.max(...lengths)).toBeLessThan(36_000);
  });

  it('hold nothing that is a device’s own', () => {
    const here = stateOf([...messages, message(2_000, true)]);
    const there = { ...stateOf(messages, 'laptop'), meta: { ...emptyState('laptop').meta, lastSync: 5 } };
    expect(shardsOf(here)).toEqual(shardsOf(there));
    expect(sharedOf(here).personas.get('opencode:build')?.messages).toHaveLength(1_000);
  });

  it('are all the same but one when a message is added', () => {
    const before = shardsOf(stateOf(messages));
    const after = shardsOf(stateOf([...messages, message(5_000)]));
    expect([...after].filter(([name, text]) => before.get(name) !== text)).toHaveLength(1);
  });

  it('that tell of a message twice, as after a push that was cut off, tell of one', () => {
    const before = stateOf(messages.slice(0, 20));
    const after = stateOf(messages.slice(10, 30).map((each) => ({ ...each, flags: { ...NO_FLAGS, f: true } })));
    const renamed = [...shardsOf(after)].map(([name, text]): [string, string] => [`${name}-later`, text]);
    const read = readShards([...shardsOf(before), ...renamed]).personas.get('opencode:build');
    expect(read?.messages.map(({ id }) => id)).toEqual(messages.slice(0, 30).map(({ id }) => id));
    expect(read?.messages.filter(({ flags }) => flags.f)).toHaveLength(20);
  });

  it('are refused with a word when a later version wrote them, or when they cannot be read', () => {
    expect(() => readShards([['settings', '{"schema":99}']])).toThrow(/schema 99/);
    expect(() => readShards([['sundries', '{"schema":2}']])).toThrow(/no shard is called sundries/);
    expect(() => readShards([['settings', '{"schema":2}']])).toThrow(/settings/);
  });
});
