import { expect, it } from 'vitest';
import type { HistoryRun } from './history-run.ts';
import { historySection } from './section.ts';

function run(more: Partial<HistoryRun> = {}): HistoryRun {
  return {
    seconds: 2,
    processorSeconds: 0.5,
    sessions: 3,
    messages: 1_000,
    notInLedger: 0,
    analysed: 1_000,
    analysedTwice: 0,
    tokens: 1_000_000,
    cycles: 2,
    calls: 100,
    items: 7,
    sent: { calls: 100, tokens: 1_100_000 },
    ledgerBytes: 9_000,
    samples: [
      { ms: 1, bytes: 10_000_000 },
      { ms: 2, bytes: 4_000_000 },
    ],
    ...more,
  };
}

function section(more: { rules?: HistoryRun; one?: HistoryRun; several?: HistoryRun } = {}): string {
  const rules = run({ sent: null });
  const runs = { rules, one: run(), several: run({ seconds: 1 }), concurrency: 4, latencyMs: 100, ...more };
  return historySection(runs, 'images/plot.svg', 'On a machine.');
}

it('tells what was seen beside the targets, and that they are met at their edge', () => {
  const text = section();
  expect(text).not.toContain('**no**');
  expect(text).toMatch(/most state at any of 2 commits +\| ≤ 10 MB \| +10\.0 MB \| +yes/);
  expect(text).toMatch(/tokens sent for each of history +\| +≤ 1\.3 \| +1\.10 \| +yes/);
  expect(text).toMatch(/as many known items as can be +\| +≤ 1\.3 \| +1\.18 \| +yes/);
  expect(text).toMatch(/of processor time +\| +\| +2,000 \|/);
  expect(text).toMatch(/4 at a time +\| +\| 1,000 \(2\.0x\)/);
  expect(text).toContain('(images/plot.svg)');
});

it.each([
  ['state beyond its limit at one commit', { rules: run({ samples: [{ ms: 1, bytes: 10_000_001 }] }) }, 2],
  ['a message that is not in the ledger', { several: run({ notInLedger: 1 }) }, 1],
  ['a message that was analysed twice', { one: run({ analysedTwice: 1 }) }, 1],
  ['too many calls', { one: run({ sent: { calls: 501, tokens: 10 } }) }, 1],
  ['too many tokens', { several: run({ sent: { calls: 1, tokens: 1_310_000 } }) }, 2],
])('does not pass over %s', (_, more, times) => {
  expect(section(more).split('**no**').length - 1).toBe(times);
});
