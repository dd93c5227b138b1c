import { expect, it } from 'vitest';
import { Passes } from './passes.ts';

it('a pass ends the one before it of its kind, and no other', () => {
  const passes = new Passes<'find' | 'redactions'>();
  const signals = [passes.begin('find'), passes.begin('redactions'), passes.begin('redactions')];
  const ended = (): boolean[] => signals.map(({ aborted }) => aborted);
  expect(ended()).toEqual([false, true, false]);
  passes.stop('redactions');
  expect(ended()).toEqual([false, true, true]);
  passes.stopAll();
  expect(ended()).toEqual([true, true, true]);
});
