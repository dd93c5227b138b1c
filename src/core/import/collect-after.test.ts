import { expect, test } from 'vitest';
import { collectAfter } from './collect-after.ts';

test('an import of few messages does not make the engine look for what is free', () => {
  expect(collectAfter(19_999)).toBe(0);
});

test('what is asked for, so that it looks, takes no memory', () => {
  const before = process.memoryUsage().rss;
  const asked = collectAfter(20_000);
  expect(asked).toBeGreaterThan(500 * 2 ** 20);
  expect(process.memoryUsage().rss - before).toBeLessThan(asked / 4);
});
