/** That the order in which states meet does not matter, nor how often: on the bytes that devices exchange. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyShared } from './fixture-shared.ts';
import { joinShared } from './merge.ts';
import { settled } from './settle.ts';
import { readShards, shardsOf } from './shards.ts';
import type { SharedState } from './shared.ts';
import { emptyShared } from './shared.ts';
import { emptyState } from './records.ts';

const RUNS = { numRuns: 500 };

/** As a device holds it. */
const held = anyShared.map((state) => settled(state, emptyShared()));

function merged(a: SharedState, b: SharedState): SharedState {
  return settled(joinShared(a, b), a);
}

function bytes(state: SharedState): [string, string][] {
  return [...shardsOf({ ...state, meta: emptyState('any').meta })];
}

describe('merging', () => {
  it('is commutative', () => {
    const law = fc.property(held, held, (a, b) => {
      expect(bytes(merged(a, b))).toEqual(bytes(merged(b, a)));
    });
    fc.assert(law, RUNS);
  });

  it('is associative', () => {
    const law = fc.property(held, held, held, (a, b, c) => {
      expect(bytes(merged(merged(a, b), c))).toEqual(bytes(merged(a, merged(b, c))));
    });
    fc.assert(law, RUNS);
  });

  it('is idempotent, and gives back the very records when nothing is new', () => {
    const law = fc.property(held, held, (a, b) => {
      const once = merged(a, b);
      for (const known of [a, b, once]) {
        const again = merged(once, readShards(bytes(known)));
        for (const part of ['personas', 'items', 'ledger', 'topics', 'settings', 'gone'] as const)
          expect(again[part] === once[part]).toBe(true);
      }
    });
    fc.assert(law, RUNS);
  });

  it('sets every flag that was set, and takes the higher floor', () => {
    fc.assert(
      fc.property(held, held, (a, b) => {
        const both = merged(a, b).personas;
        for (const [id, { record, messages }] of [...a.personas, ...b.personas]) {
          const joined = both.get(id);
          expect((joined?.record.floor?.time ?? -1) >= (record.floor?.time ?? -1)).toBe(true);
          for (const { id: message, flags } of messages) {
            const kept = joined?.messages.find((each) => each.id === message);
            for (const flag of ['p', 'r', 'o', 'f'] as const)
              expect(kept === undefined || kept.flags[flag] || !flags[flag]).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  it('lets go of what waits only for want of room', () => {
    fc.assert(
      fc.property(held, held, (a, b) => {
        const joined = merged(a, b);
        const group = joined.personas.get('opencode:build');
        const kept = new Set(group?.messages.map(({ id }) => id));
        for (const { messages } of [...a.personas.values(), ...b.personas.values()])
          for (const message of messages.filter(({ id }) => !kept.has(id))) {
            const { record } = group ?? { record: null };
            const isRoomless = record?.left !== null && message.time <= (record?.left?.time ?? -1);
            const isPruned = record?.floor !== null && message.time <= (record?.floor?.time ?? -1);
            expect(isRoomless || isPruned).toBe(true);
          }
      }),
      RUNS,
    );
  });
});
