import { expect, it } from 'vitest';
import { plotOf } from './plot.ts';

it('draws every commit as a step, below the limit what is below it', () => {
  const svg = plotOf(
    [
      { ms: 0, bytes: 0 },
      { ms: 500, bytes: 5_000_000 },
      { ms: 1_000, bytes: 10_000_000 },
    ],
    10_000_000,
  );
  expect(svg).toContain('State after each of 3 commits: at most 10 MB, the limit is 10 MB');
  const [, limit] = /M52 ([\d.]+)H708" stroke="#b83232"/.exec(svg) ?? [];
  expect(svg).toContain(`d="M52.0 222.0H380.0V128.4H708.0V${limit}"`);
});

it('a state beyond the limit is still inside the picture', () => {
  const svg = plotOf([{ ms: 1, bytes: 40_000_000 }], 10_000_000);
  const [, top] = /d="M708\.0 ([\d.]+)"/.exec(svg) ?? [];
  expect(Number(top)).toBeGreaterThan(16);
  expect(Number(top)).toBeLessThan(60);
});
