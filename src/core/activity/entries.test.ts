import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../model/activity.ts';
import { decodeEntries, encodeEntries, joinActivities, writeUse } from './entries.ts';

const count = fc.nat(2_000_000);
const use = fc.record({
  model: fc.string({ minLength: 1 }),
  input: count,
  output: count,
  reasoning: count,
  cacheRead: count,
  cacheWrite: count,
  cost: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
});
const key = fc.string({ minLength: 1 });
const time = fc.nat(4_000_000_000_000);
const prompt = fc
  .record({ key, agent: fc.string(), time })
  .map((entry): ActivityEntry => ({ ...entry, role: 'user', end: entry.time, runs: [], use: null }));
const answer = fc
  .record({
    key,
    agent: fc.string(),
    time,
    length: count,
    runs: fc.array(fc.tuple(fc.integer({ min: -100_000, max: 100_000 }), count), { maxLength: 3 }),
    use: fc.option(use),
  })
  .map(({ length, runs, ...entry }): ActivityEntry => {
    const stretches = runs.map(([offset, ms]) => ({ start: entry.time + offset, end: entry.time + offset + ms }));
    return { ...entry, role: 'assistant', end: entry.time + length, runs: stretches };
  });
const entries = fc.uniqueArray(fc.oneof(prompt, answer), { selector: (entry) => entry.key, maxLength: 12 });

function written(all: readonly ActivityEntry[]): ReturnType<typeof encodeEntries> {
  const models: string[] = [];
  const lines = all.map((entry) => ({ ...entry, use: entry.use === null ? null : writeUse(entry.use, models) }));
  return encodeEntries('ses_1', lines, models);
}

function inOrder(all: readonly ActivityEntry[]): ActivityEntry[] {
  return all.toSorted((a, b) => a.time - b.time || (a.key < b.key ? -1 : 1));
}

describe('the entries of a session', () => {
  it('come back as they were stored, whatever their ids and names hold', () => {
    fc.assert(
      fc.property(entries, (all) => {
        expect(decodeEntries(written(all))).toEqual(inOrder(all));
      }),
    );
  });

  it('of two readings are one, in which the later counts', () => {
    fc.assert(
      fc.property(entries, entries, (before, later) => {
        const keys = new Set(later.map((entry) => entry.key));
        const whole = [...before.filter((entry) => !keys.has(entry.key)), ...later];
        expect(decodeEntries(joinActivities(written(before), written(later)))).toEqual(inOrder(whole));
      }),
    );
  });

  it('that were damaged are left out from there on', () => {
    const activity = written([{ key: 'a', role: 'user', agent: 'build', time: 5, end: 5, runs: [], use: null }]);
    expect(decodeEntries({ ...activity, entries: `${activity.entries}\nb zz 9` })).toHaveLength(1);
  });
});
