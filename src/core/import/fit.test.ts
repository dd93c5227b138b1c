import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_FLAGS } from '../model/message.ts';
import type { MessageRecord } from '../state/records.ts';
import { messageBytes, sessionEntryBytes } from '../state/serialise.ts';
import type { Candidate } from './fit.ts';
import { clip } from '../state/clip.ts';
import { fitToLimit } from './fit.ts';

const ALL_FLAGS = { p: true, r: true, o: true, f: true };

function record(id: string, time: number, text: string, more: Partial<MessageRecord> = {}): MessageRecord {
  const version = '000000000000device';
  return {
    id,
    source: 'opencode',
    sessionId: 's',
    agent: 'build',
    role: 'user',
    time,
    text,
    flags: NO_FLAGS,
    injected: false,
    version,
    ...more,
  };
}

function candidate(id: string, time: number, text: string, more: Partial<Candidate> = {}): Candidate {
  return { persona: 'opencode:build', record: record(id, time, text), kept: false, ...more };
}

const ids = (candidates: readonly Candidate[]): string[] => candidates.map((c) => c.record.id);

describe('the byte rule', () => {
  it('changes nothing while everything fits', () => {
    const candidates = [candidate('a', 1, 'x'.repeat(50_000))];
    const fitted = fitToLimit(candidates, 0, { minMessages: 0, stateLimitBytes: 100_000 });
    expect(fitted.candidates).toEqual(candidates);
    expect(fitted.decisions).toEqual([]);
  });

  it('clips long bodies first: the head stays, the cut is marked, short messages stay whole', () => {
    const candidates = [candidate('long', 1, 'x'.repeat(50_000)), candidate('short', 2, 'hello')];
    const fitted = fitToLimit(candidates, 0, { minMessages: 0, stateLimitBytes: 20_000 });
    expect(ids(fitted.candidates)).toEqual(['long', 'short']);
    expect(fitted.candidates[0]?.record).toMatchObject({ text: 'x'.repeat(16_384), clippedFrom: 50_000 });
    expect(fitted.candidates[1]?.record.text).toBe('hello');
    expect(fitted.decisions).toMatchObject([{ reason: 'clipped', persona: 'opencode:build', messages: 1 }]);
  });

  it('clips no further than it must', () => {
    const fitted = fitToLimit([candidate('a', 1, 'x'.repeat(50_000))], 0, { minMessages: 0, stateLimitBytes: 10_000 });
    expect(fitted.candidates[0]?.record.text.length).toBe(8_192);
  });

  it('then leaves the oldest messages above MIN_MESSAGES to the archive and says so', () => {
    const candidates = [1, 2, 3, 4, 5].map((n) => candidate(`m${n}`, n, 'x'.repeat(900)));
    const fitted = fitToLimit(candidates, 0, { minMessages: 2, stateLimitBytes: 3_200 });
    expect(ids(fitted.candidates)).toEqual(['m3', 'm4', 'm5']);
    expect(fitted.decisions).toMatchObject([{ reason: 'left-to-archive', messages: 2 }]);
  });

  it('lets extracted messages go before those that still wait, and the oldest of these before the newest', () => {
    const waiting = candidate('waiting', 1, 'x'.repeat(900), { kept: true });
    const fresh = candidate('fresh', 2, 'x'.repeat(900));
    const done = {
      ...candidate('done', 3, ''),
      kept: true,
      record: record('done', 3, 'x'.repeat(900), { flags: ALL_FLAGS }),
    };
    const two = fitToLimit([waiting, fresh, done], 0, { minMessages: 0, stateLimitBytes: 2_300 });
    expect(ids(two.candidates)).toEqual(['waiting', 'fresh']);
    const one = fitToLimit([waiting, fresh, done], 0, { minMessages: 0, stateLimitBytes: 1_300 });
    expect(ids(one.candidates)).toEqual(['fresh']);
  });

  it('shortens the minimum before it goes below it', () => {
    const candidates = [1, 2, 3].map((n) => candidate(`m${n}`, n, 'x'.repeat(900)));
    const fitted = fitToLimit(candidates, 0, { minMessages: 3, stateLimitBytes: 1_400 });
    expect(ids(fitted.candidates)).toEqual(['m1', 'm2', 'm3']);
    expect(fitted.candidates.every(({ record: { text } }) => text.length === 256)).toBe(true);
  });

  it('holds the limit even when that means less than the minimum', () => {
    const candidates = [1, 2, 3].map((n) => candidate(`m${n}`, n, 'x'.repeat(900)));
    const fitted = fitToLimit(candidates, 0, { minMessages: 3, stateLimitBytes: 700 });
    expect(fitted.candidates.length).toBeLessThan(3);
  });

  it('never cuts a character in half, and remembers the first length when cut twice', () => {
    const once = clip(record('a', 1, '😀'.repeat(100)), 51);
    expect(once.text).toBe('😀'.repeat(25));
    expect(clip(once, 10)).toMatchObject({ text: '😀'.repeat(5), clippedFrom: 200 });
  });

  it('always fits, in any history', () => {
    const any = fc.record({
      persona: fc.constantFrom('opencode:build', 'opencode:plan'),
      id: fc.uuid(),
      time: fc.nat(1_000_000),
      text: fc.string({ unit: 'binary', maxLength: 3_000 }),
      kept: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(any, { maxLength: 30 }),
        fc.integer({ min: 0, max: 40_000 }),
        fc.nat(10),
        (rows, limit, minMessages) => {
          const candidates = rows.map(({ persona, id, time, text, kept }) => ({
            persona,
            record: record(id, time, text),
            kept,
          }));
          const fitted = fitToLimit(candidates, 0, { minMessages, stateLimitBytes: limit });
          const bytes = fitted.candidates.reduce((sum, c) => sum + messageBytes(c.record), 0);
          expect(bytes).toBeLessThanOrEqual(limit);
          expect(sessionEntryBytes('s')).toBe(4);
        },
      ),
    );
  });
});
