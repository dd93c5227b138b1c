import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stretch } from '../model/activity.ts';
import { lengthOf, merged } from './stretches.ts';
import { folded, SILENCE_MS, turnsOf } from './turns.ts';

const MINUTE = 60_000;

function minutes(...pairs: [number, number][]): Stretch[] {
  return pairs.map(([start, end]) => ({ start: start * MINUTE, end: end * MINUTE }));
}

function inMinutes(stretches: readonly Stretch[]): [number, number][] {
  return stretches.map(({ start, end }) => [start / MINUTE, end / MINUTE]);
}

describe('a turn', () => {
  it('runs from the prompt to the last activity before the next prompt', () => {
    const turns = turnsOf([0, 20 * MINUTE], minutes([1, 2], [4, 9], [21, 22]));
    expect(inMinutes(turns)).toEqual([
      [0, 9],
      [20, 22],
    ]);
  });

  it('is split at silences over 15 minutes, not at those of 15', () => {
    const turns = turnsOf([0], minutes([1, 2], [17, 18], [33.001, 34]));
    expect(inMinutes(turns)).toEqual([
      [0, 18],
      [33.001, 34],
    ]);
  });

  it('is not split while an answer or a tool is running', () => {
    expect(inMinutes(turnsOf([0], minutes([1, 60], [61, 62])))).toEqual([[0, 62]]);
  });

  it('is nothing when nobody answered, and what is long after its prompt begins by itself', () => {
    expect(turnsOf([0], [])).toEqual([]);
    expect(inMinutes(turnsOf([0], minutes([20, 21])))).toEqual([[20, 21]]);
  });

  it('without a prompt begins with the first activity', () => {
    expect(inMinutes(turnsOf([30 * MINUTE], minutes([3, 5], [31, 32])))).toEqual([
      [3, 5],
      [30, 32],
    ]);
  });

  it('goes on under the next prompt while an answer is still running', () => {
    expect(inMinutes(turnsOf([0, 5 * MINUTE], minutes([1, 9])))).toEqual([
      [0, 5],
      [5, 9],
    ]);
  });
});

const moment = fc.integer({ min: 0, max: 600 }).map((minute) => minute * MINUTE);
const prompts = fc.array(moment, { maxLength: 8 }).map((times) => times.toSorted((a, b) => a - b));
const activity = fc
  .array(fc.tuple(moment, fc.integer({ min: 0, max: 40 })), { maxLength: 20 })
  .map((pairs) => merged(pairs.map(([start, length]) => ({ start, end: start + length * MINUTE }))));
const session = fc.record({ prompts, activity });

describe('for any session', () => {
  it('turns are apart, in order, and hold all of its activity', () => {
    fc.assert(
      fc.property(session, ({ prompts: times, activity: work }) => {
        const turns = turnsOf(times, work);
        for (const [at, { start, end }] of turns.entries()) {
          expect(end).toBeGreaterThan(start);
          expect(start).toBeGreaterThanOrEqual(turns[at - 1]?.end ?? Number.NEGATIVE_INFINITY);
        }
        const covered = merged(turns);
        for (const { start, end } of work.filter((each) => each.end > each.start)) {
          expect(covered.some((each) => each.start <= start && each.end >= end)).toBe(true);
        }
      }),
    );
  });

  it('time that is no activity is at most the silence that is let pass', () => {
    fc.assert(
      fc.property(session, ({ prompts: times, activity: work }) => {
        for (const turn of turnsOf(times, work)) {
          const inside = work
            .map(({ start, end }) => ({ start: Math.max(start, turn.start), end: Math.min(end, turn.end) }))
            .filter(({ start, end }) => end >= start);
          const ends = [turn.start, ...inside.map(({ end }) => end)];
          for (const [at, { start }] of inside.entries())
            expect(start - (ends[at] ?? 0)).toBeLessThanOrEqual(SILENCE_MS);
        }
      }),
    );
  });
});

describe('sub-agents folded into their conversation', () => {
  const family = fc.record({ own: session, children: fc.array(activity, { maxLength: 4 }) });

  it('never make it longer than all of them apart, nor shorter than the longest', () => {
    fc.assert(
      fc.property(family, ({ own, children }) => {
        const turns = [turnsOf(own.prompts, own.activity), ...children.map((work) => turnsOf([], work))];
        const whole = lengthOf(folded(own.prompts, turns.flat()));
        expect(whole).toBeLessThanOrEqual(turns.reduce((sum, each) => sum + lengthOf(each), 0));
        expect(whole).toBeGreaterThanOrEqual(Math.max(...turns.map(lengthOf)));
        expect(whole).toBe(lengthOf(merged(turns.flat())));
      }),
    );
  });

  it('give the same in whatever order they come', () => {
    fc.assert(
      fc.property(family, ({ own, children }) => {
        const turns = [turnsOf(own.prompts, own.activity), ...children.map((work) => turnsOf([], work))];
        expect(folded(own.prompts, turns.toReversed().flat())).toEqual(folded(own.prompts, turns.flat()));
      }),
    );
  });

  it('count once while they are waited for', () => {
    const own = turnsOf([0], minutes([0, 30]));
    const child = turnsOf([], minutes([5, 29]));
    expect(lengthOf(folded([0], [...own, ...child]))).toBe(30 * MINUTE);
  });

  it('know the prompt they work for', () => {
    const pieces = folded([10 * MINUTE, 20 * MINUTE], minutes([0, 12], [12, 25]));
    expect(pieces.map(({ start, prompt }) => [start / MINUTE, prompt])).toEqual([
      [0, -1],
      [10, 0],
      [20, 1],
    ]);
  });
});
