import { describe, expect, test } from 'vitest';
import { linesOf } from './report.ts';
import { type EnvironmentResult, type Run, type SizeResult, STEPS, summarise } from './result.ts';

const COUNTS = { sessions: 1, messages: 1, texts: 1, chars: 1, toolCalls: 1 };

function environment(ms: number, bytes: number, peak: number): EnvironmentResult {
  const step = { ms, bytes, peak, counts: COUNTS };
  return { steps: { list: step, recent: step, all: step, import: step, again: step }, longestTask: 0 };
}

function result(chromium: EnvironmentResult): SizeResult {
  const native = { list: 10, recent: 100, all: 100 };
  return { size: 'XL', fileBytes: 1e9, messages: 1, native, node: environment(1, 1, 1), chromium };
}

const met = (lines: ReturnType<typeof linesOf>, what: string) => lines.find((line) => line.what === what)?.ok;

describe('the report', () => {
  test('says which targets are met and which are not', () => {
    const good = linesOf(result(environment(200, 1e6, 200e6)));
    expect(met(good, 'First session list')).toBe(true);
    expect(met(good, 'Rows of everything')).toBe(true);
    expect(met(good, 'Second import, nothing new')).toBe(false);
    expect(met(good, 'Second import, nothing new: read')).toBe(true);
    const bad = linesOf(result(environment(400, 1e8, 300e6)));
    expect(met(bad, 'First session list')).toBe(false);
    expect(met(bad, 'Rows of everything')).toBe(false);
    expect(met(bad, 'Second import, nothing new: read')).toBe(false);
    expect(met(bad, 'Rows of everything: memory above idle')).toBe(false);
  });

  test('takes the middle time and the worst memory of the runs', () => {
    const run = (ms: number, peak: number): Run => ({ ...environment(ms, 1, peak), longestTask: null });
    const summary = summarise([run(30, 1), run(10, 3), run(20, 2)]);
    for (const name of STEPS) expect(summary.steps[name]).toMatchObject({ ms: 20, peak: 3 });
    expect(summary.longestTask).toBeNull();
  });
});
