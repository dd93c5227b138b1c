import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, DEFAULT_LIMITS } from '../model/constants.ts';
import type { Limits } from '../model/constants.ts';
import type { Message } from '../model/message.ts';
import { NO_FLAGS } from '../model/message.ts';
import { createHybridClock } from '../state/hybrid-clock.ts';
import type { PersonaState } from '../state/records.ts';
import { emptyState } from '../state/records.ts';
import { encodeMeta, encodePersona, encodeTopics } from '../state/serialise.ts';
import { utf8Length } from '../state/utf8.ts';
import type { Plan } from './plan.ts';
import { planImport } from './plan.ts';

const NOW = Date.UTC(2026, 10, 21);

function message(id: string, ageDays: number, more: Partial<Message> = {}): Message {
  const base = {
    id,
    source: 'opencode',
    sessionId: 'ses_1',
    agent: 'build',
    role: 'user',
    text: `text of ${id}`,
  } as const;
  return { ...base, time: NOW - ageDays * DAY_MS, flags: NO_FLAGS, injected: false, ...more };
}

interface Step {
  state?: PersonaState;
  read?: Message[];
  titles?: [string, string][];
  now?: number;
  limits?: Partial<Limits>;
}

function plan({ state = emptyState('device'), read = [], titles = [], now = NOW, limits = {} }: Step): Plan {
  const stamp = createHybridClock('device', state.meta.clock).tick(now);
  const all = { ...DEFAULT_LIMITS, ...limits };
  return planImport({
    state,
    stateBytes: bytesOf(state),
    memoryBytes: 0,
    read,
    titles: new Map(titles),
    sessionTime: () => 0,
    now,
    limits: all,
    stamp,
  });
}

function idsOf(state: PersonaState, persona = 'opencode:build'): string[] {
  return (state.personas.get(persona)?.messages ?? []).map(({ id }) => id);
}

function bytesOf(state: PersonaState): number {
  const groups = [...state.personas.values()].map(encodePersona);
  const texts = [...groups, encodeMeta(state.meta), encodeTopics(state.topics.values())];
  return texts.reduce((bytes, text) => bytes + utf8Length(text), 0);
}

describe('the plan of an import', () => {
  it('makes a persona for each exact agent id in the tool’s namespace', () => {
    const { state } = plan({
      read: [message('a', 1), message('b', 1, { agent: 'build-fast' }), message('c', 1, { source: 'claude' })],
    });
    expect([...state.personas.keys()]).toEqual(['claude:build', 'opencode:build', 'opencode:build-fast']);
  });

  it('writes surviving external messages in order, each with its provenance (step 5)', () => {
    const { state, added } = plan({ read: [message('b', 1), message('a', 2, { sessionId: 'ses_9' })] });
    expect(idsOf(state)).toEqual(['a', 'b']);
    expect(added).toBe(2);
    expect(state.personas.get('opencode:build')?.messages[0]).toMatchObject({
      source: 'opencode',
      sessionId: 'ses_9',
      agent: 'build',
    });
  });

  it('prunes what is old above the minimum (step 4)', () => {
    const read = [message('old', 40), message('new1', 1), message('new2', 1)];
    expect(idsOf(plan({ read, limits: { minMessages: 2 } }).state)).toEqual(['new1', 'new2']);
  });

  it('sets last_sync to the instant the import began (step 9)', () => {
    expect(plan({ now: NOW }).state.meta.lastSync).toBe(NOW);
  });

  it('gives each top-level session a topic, and a changed title renames it (step 1)', () => {
    const first = plan({ titles: [['ses_1', 'Draft']] }).state;
    const renamed = plan({ state: first, titles: [['ses_1', 'WAL mode']] }).state;
    expect([...renamed.topics.values()].map(({ id, name }) => [id, name])).toEqual([['ses_1', 'WAL mode']]);
    expect(plan({ state: renamed, titles: [['ses_1', 'WAL mode']] }).state.topics).toBe(renamed.topics);
  });

  it('does not touch a persona in which nothing changed', () => {
    const first = plan({ read: [message('a', 1)] }).state;
    const second = plan({ state: first, read: [message('a', 1), message('b', 1, { agent: 'plan' })] });
    expect(second.state.personas.get('opencode:build')).toBe(first.personas.get('opencode:build'));
    expect(second.added).toBe(1);
  });

  it('keeps the name a person gave a persona', () => {
    const first = plan({ read: [message('a', 1)] }).state;
    const group = first.personas.get('opencode:build');
    if (group === undefined) throw new Error('no persona');
    const named = new Map([['opencode:build', { ...group, record: { ...group.record, name: 'Bob' } }]]);
    const second = plan({ state: { ...first, personas: named }, read: [message('b', 1)] }).state;
    expect(second.personas.get('opencode:build')?.record.name).toBe('Bob');
    expect(idsOf(second)).toEqual(['a', 'b']);
  });
});

describe('late text', () => {
  it('replaces what was still being written by what it became', () => {
    const first = plan({ read: [message('a', 1, { text: 'Let me' })] }).state;
    const second = plan({ state: first, read: [message('a', 1, { text: 'Let me look at it.' })] }).state;
    expect(second.personas.get('opencode:build')?.messages.map(({ text }) => text)).toEqual(['Let me look at it.']);
  });

  it('leaves a message alone whose text is the same, clipped or not', () => {
    const long = 'x'.repeat(200_000);
    const tight = { stateLimitBytes: 30_000, minMessages: 1 };
    const first = plan({ read: [message('a', 1, { text: long })], limits: tight }).state;
    expect(first.personas.get('opencode:build')?.messages[0]?.clippedFrom).toBe(200_000);
    const second = plan({ state: first, read: [message('a', 1, { text: long })], limits: tight }).state;
    expect(second.personas.get('opencode:build')).toBe(first.personas.get('opencode:build'));
  });

  it('sees that a clipped message became longer', () => {
    const tight = { stateLimitBytes: 30_000, minMessages: 1 };
    const first = plan({ read: [message('a', 1, { text: 'x'.repeat(200_000) })], limits: tight }).state;
    const second = plan({ state: first, read: [message('a', 1, { text: 'x'.repeat(200_001) })], limits: tight }).state;
    expect(second.personas.get('opencode:build')?.messages[0]?.clippedFrom).toBe(200_001);
  });
});

describe('what must always hold', () => {
  const someMessage = fc.record({
    id: fc.nat(60),
    age: fc.integer({ min: 0, max: 40 }),
    agent: fc.constantFrom('build', 'plan', 'review'),
    session: fc.nat(5),
    text: fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }),
  });
  const toMessage = ({
    id,
    age,
    agent,
    session,
    text,
  }: {
    id: number;
    age: number;
    agent: string;
    session: number;
    text: string;
  }): Message => message(`${agent}${id}`, age, { agent, sessionId: `ses_${session}`, text });
  const imports = fc.array(fc.array(someMessage, { maxLength: 40 }), { minLength: 1, maxLength: 5 });

  it('bytes: persona state is at most the limit at every commit', () => {
    fc.assert(
      fc.property(
        imports,
        fc.integer({ min: 6_000, max: 30_000 }),
        fc.nat(12),
        (batches, stateLimitBytes, minMessages) => {
          let state = emptyState('device');
          for (const [i, batch] of batches.entries()) {
            const titles = batch.map(({ session }): [string, string] => [`ses_${session}`, `title ${i}`]);
            ({ state } = plan({
              state,
              read: batch.map(toMessage),
              titles,
              limits: { stateLimitBytes, minMessages },
              now: NOW + i,
            }));
            expect(bytesOf(state)).toBeLessThanOrEqual(stateLimitBytes);
          }
        },
      ),
    );
  });

  it('floor: with room for it, a persona with MIN_MESSAGES in its history never holds fewer', () => {
    fc.assert(
      fc.property(imports, fc.nat(12), (batches, minMessages) => {
        let state = emptyState('device');
        const seen = new Map<string, Set<string>>();
        for (const [i, batch] of batches.entries()) {
          for (const { id, agent } of batch) seen.set(agent, (seen.get(agent) ?? new Set()).add(`${agent}${id}`));
          ({ state } = plan({ state, read: batch.map(toMessage), limits: { minMessages }, now: NOW + i * DAY_MS }));
          for (const [agent, ids] of seen) {
            expect(idsOf(state, `opencode:${agent}`).length).toBeGreaterThanOrEqual(Math.min(minMessages, ids.size));
          }
        }
      }),
    );
  });

  it('a second import of the same messages changes no persona', () => {
    fc.assert(
      fc.property(
        fc.array(someMessage, { maxLength: 60 }),
        fc.integer({ min: 8_000, max: 40_000 }),
        fc.nat(12),
        (batch, limit, minMessages) => {
          const unique = [...new Map(batch.map(toMessage).map((read) => [read.id, read])).values()];
          const limits = { stateLimitBytes: limit, minMessages };
          const first = plan({ read: unique, limits }).state;
          const second = plan({ state: first, read: unique, limits, now: NOW + 1 }).state;
          for (const [id, group] of first.personas)
            expect(idsOf(second, id)).toEqual(group.messages.map((kept) => kept.id));
        },
      ),
    );
  });

  it('deterministic: the order in which messages were read does not matter', () => {
    fc.assert(
      fc.property(fc.array(someMessage, { maxLength: 60 }), fc.nat(12), (batch, minMessages) => {
        const unique = [...new Map(batch.map(toMessage).map((read) => [read.id, read])).values()];
        const limits = { minMessages, stateLimitBytes: 20_000 };
        const forward = plan({ read: unique, limits }).state;
        const backward = plan({ read: unique.toReversed(), limits }).state;
        const texts = (state: PersonaState): string[] => [...state.personas.values()].map(encodePersona);
        expect(texts(backward)).toEqual(texts(forward));
      }),
    );
  });

  it('a clock that jumps back by a day corrupts nothing', () => {
    const first = plan({ read: [message('a', 1)] }).state;
    const back = plan({ state: first, read: [message('b', 2)], now: NOW - DAY_MS }).state;
    expect(idsOf(back)).toEqual(['b', 'a']);
    expect(String(back.meta.clock) > String(first.meta.clock)).toBe(true);
  });
});
