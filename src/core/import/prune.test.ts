import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../model/constants.ts';
import type { ExternalMessage, MergedMessage, MiniMessage } from './prune.ts';
import { isExternal, mergeMessages, pruneImportMessages, pruneKeepingNewest } from './prune.ts';

const NOW = Date.UTC(2026, 10, 21);
const RULE = { minMessages: 3, maxAgeDays: 14 };

const daysAgo = (days: number): number => NOW - days * DAY_MS;
const external = (id: string, timestamp: number): ExternalMessage => ({
  id,
  timestamp,
  isExternal: true,
  sessionId: 's',
});
const kept = (id: string, timestamp: number, extracted = false): MiniMessage => ({ id, timestamp, extracted });
const drop = (...messages: MergedMessage[]): string[] => [...pruneImportMessages(messages, NOW, RULE)];

describe('merge (step 3)', () => {
  it('sorts by timestamp, then by id', () => {
    const merged = mergeMessages([kept('b', 2)], [external('c', 1), external('a', 2)]);
    expect(merged.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  it('has one entry an id, and a kept message wins over an external one', () => {
    const merged = mergeMessages([kept('a', 1)], [external('a', 1), external('a', 5)]);
    expect(merged).toEqual([kept('a', 1)]);
  });
});

describe('prune (step 4)', () => {
  const old = [1, 2, 3, 4, 5].map((n) => external(`old${n}`, daysAgo(40 - n)));

  it('does nothing at MIN_MESSAGES', () => {
    expect(drop(...old.slice(0, 3))).toEqual([]);
  });

  it('does nothing below MIN_MESSAGES, whatever the age', () => {
    expect(drop(external('a', 0), external('b', 1))).toEqual([]);
  });

  it('drops external messages from the oldest and stops as soon as only MIN_MESSAGES would remain', () => {
    expect(drop(...old)).toEqual(['old1', 'old2']);
  });

  it('stops at the first message that is not older than MAX_AGE_DAYS', () => {
    const young = [1, 2, 3, 4].map((n) => external(`young${n}`, daysAgo(5 - n)));
    expect(drop(external('old', daysAgo(15)), ...young)).toEqual(['old']);
  });

  it('a message of exactly MAX_AGE_DAYS is not older', () => {
    const young = [1, 2, 3].map((n) => external(`young${n}`, daysAgo(1)));
    expect(drop(external('edge', daysAgo(14)), ...young)).toEqual([]);
    expect(drop(external('edge', daysAgo(14) - 1), ...young)).toEqual(['edge']);
  });

  it('drops an old kept message when all four extractions have finished for it', () => {
    expect(drop(kept('done', daysAgo(30), true), ...old.slice(0, 3))).toEqual(['done']);
  });

  it('steps over, and does not stop at, an old kept message that is not fully extracted', () => {
    expect(drop(kept('waiting', daysAgo(60)), ...old)).toEqual(['old1', 'old2', 'old3']);
  });

  it('keeps everything when every old message waits for extraction', () => {
    const waiting = [1, 2, 3, 4, 5].map((n) => kept(`w${n}`, daysAgo(60 - n)));
    expect(drop(...waiting)).toEqual([]);
  });

  it('keeps a young message even when it is fully extracted', () => {
    const done = [1, 2, 3, 4, 5].map((n) => kept(`d${n}`, daysAgo(5 - n), true));
    expect(drop(...done)).toEqual([]);
  });

  it('takes its limits per run', () => {
    expect([...pruneImportMessages(old, NOW, { minMessages: 1, maxAgeDays: 14 })]).toHaveLength(4);
    expect([...pruneImportMessages(old, NOW, { minMessages: 1, maxAgeDays: 365 })]).toHaveLength(0);
  });
});

describe('what must always hold of pruning', () => {
  const message = fc.record({
    id: fc.string({ minLength: 1, maxLength: 4 }),
    age: fc.integer({ min: -2, max: 60 }),
    extracted: fc.option(fc.boolean(), { nil: null }),
  });
  const lines = fc.array(message, { maxLength: 60 }).map((messages) => {
    const of = (kind: boolean): typeof messages => messages.filter(({ extracted }) => (extracted === null) === kind);
    return mergeMessages(
      of(false).map(({ id, age, extracted }) => kept(id, daysAgo(age), extracted ?? false)),
      of(true).map(({ id, age }) => external(id, daysAgo(age))),
    );
  });

  it('never goes below the floor, never drops the young or the unextracted, and leaves nothing it should drop', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 20 }), (line, minMessages) => {
        const dropped = pruneImportMessages(line, NOW, { minMessages, maxAgeDays: 14 });
        const remaining = line.filter(({ id }) => !dropped.has(id));
        expect(remaining.length).toBeGreaterThanOrEqual(Math.min(minMessages, line.length));
        for (const entry of line.filter(({ id }) => dropped.has(id))) {
          expect(entry.timestamp).toBeLessThan(daysAgo(14));
          expect(isExternal(entry) || entry.extracted).toBe(true);
        }
        const droppable = remaining.filter((m) => m.timestamp < daysAgo(14) && (isExternal(m) || m.extracted));
        expect(remaining.length <= minMessages || droppable.length === 0).toBe(true);
      }),
    );
  });

  it('the newest MIN_MESSAGES stay though older ones wait: they are there when what waits has gone', () => {
    const waiting = kept('waiting', daysAgo(60));
    const done = [1, 2, 3, 4].map((n) => kept(`d${n}`, daysAgo(40 - n), true));
    const line = mergeMessages([waiting, ...done], []);
    expect([...pruneImportMessages(line, NOW, RULE)]).toEqual(['d1', 'd2']);
    expect([...pruneKeepingNewest(line, NOW, RULE)]).toEqual(['d1']);
  });

  it('pruning what was pruned drops nothing more', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const dropped = pruneImportMessages(line, NOW, RULE);
        const remaining = line.filter(({ id }) => !dropped.has(id));
        expect(pruneImportMessages(remaining, NOW, RULE).size).toBe(0);
      }),
    );
  });
});
