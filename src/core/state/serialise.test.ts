import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageRecord, PersonaGroup } from './records.ts';
import { byTimeThenId } from './records.ts';
import {
  decodePersona,
  decodeTopics,
  encodeInjected,
  encodePersona,
  encodeTopics,
  messageBytes,
  SCHEMA,
  sessionEntryBytes,
} from './serialise.ts';
import { utf8Length } from './utf8.ts';

const flags = fc.record({ p: fc.boolean(), r: fc.boolean(), o: fc.boolean(), f: fc.boolean() });
const text = fc.string({ unit: 'binary', maxLength: 200 });

const message = fc.record({
  id: fc.string({ minLength: 1, maxLength: 8 }),
  source: fc.constant('opencode' as const),
  sessionId: fc.constantFrom('ses_1', 'ses_2', 'ses_"3"'),
  agent: fc.constantFrom('build', 'plan'),
  role: fc.constantFrom('user' as const, 'assistant' as const),
  time: fc.integer({ min: -1e15, max: 1e15 }),
  text,
  clipped: fc.option(fc.nat(), { nil: undefined }),
  flags,
  injected: fc.boolean(),
  version: fc.constantFrom('0000000010000device', '0000000020000device'),
});

const group = fc.uniqueArray(message, { selector: ({ id }) => id, maxLength: 20 }).map((messages): PersonaGroup => ({
  record: {
    id: 'opencode:build',
    source: 'opencode',
    agent: 'build',
    name: null,
    floor: null,
    left: null,
    clips: [],
    version: '0000000010000device',
  },
  messages: messages
    .map(({ clipped, ...rest }): MessageRecord => (clipped === undefined ? rest : { ...rest, clippedFrom: clipped }))
    .sort(byTimeThenId),
}));

describe('a persona as text', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(group, (before) => {
        const kept = decodePersona(JSON.parse(encodePersona(before)));
        const injected = encodeInjected(before);
        const brought = injected === null ? [] : decodePersona(JSON.parse(injected)).messages;
        expect({ ...kept, messages: [...kept.messages, ...brought].sort(byTimeThenId) }).toEqual(before);
        expect(kept.messages.some((message) => message.injected)).toBe(false);
      }),
    );
  });

  it('is the same text whatever the order of its messages', () => {
    fc.assert(
      fc.property(group, (before) => {
        const shuffled = { ...before, messages: before.messages.toReversed() };
        expect(encodePersona(shuffled)).toBe(encodePersona(before));
      }),
    );
  });

  it('never takes more bytes than the byte rule counts with', () => {
    fc.assert(
      fc.property(group, (before) => {
        const empty = utf8Length(encodePersona({ ...before, messages: [] }));
        const sessions = new Set(before.messages.map(({ sessionId }) => sessionId));
        const versions = new Set(before.messages.map(({ version }) => version));
        let counted = empty + versions.size * 40;
        for (const record of before.messages) counted += messageBytes(record);
        for (const id of sessions) counted += sessionEntryBytes(id);
        const apart = encodeInjected(before);
        if (apart !== null) counted += empty + versions.size * 40;
        for (const id of sessions) if (apart !== null) counted += sessionEntryBytes(id);
        expect(utf8Length(encodePersona(before)) + utf8Length(apart ?? '')).toBeLessThanOrEqual(counted);
      }),
    );
  });

  it('refuses rows that point nowhere', () => {
    const { record } = fc.sample(group, 1)[0] ?? { record: null };
    const broken = {
      schema: SCHEMA,
      persona: record,
      sessions: [],
      versions: [],
      messages: [['a', 7, 'u', 1, 0, '', 'x']],
    };
    expect(() => decodePersona(broken)).toThrow(/entry 7/);
  });
});

it('topics come back as they were', () => {
  const topics = new Map([['ses_1', { id: 'ses_1', name: 'Überblick “x”', version: 'v1' }]]);
  expect(decodeTopics(JSON.parse(encodeTopics(topics.values())))).toEqual(topics);
});

it('counts bytes of any text as UTF-8 does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (any) => {
      expect(utf8Length(any)).toBe(new TextEncoder().encode(any).length);
    }),
  );
  expect(utf8Length('é'.repeat(100_000))).toBe(200_000);
});
