import { describe, expect, test } from 'vitest';
import { linesOf } from './report.ts';
import { type SizeResult, STEPS, type Steps, summarise } from './result.ts';

const COUNTS = { sessions: 1, messages: 1, texts: 1, chars: 1, toolCalls: 1 };

function steps(ms: number, bytes: number, peak: number): Steps {
  const step = { ms, bytes, peak, counts: COUNTS };
  return { list: step, recent: step, all: step, bytes: step, import: step, again: step };
}

function result(ms: number, bytes: number, peak: number): SizeResult {
  const native = { list: 10, recent: 100, all: 100 };
  const app = { list: ms, import: ms, again: ms, peak, longestTask: 0 };
  const chromium = steps(ms, bytes, peak);
  return { size: 'XL', fileBytes: 1e9, messages: 1, native, node: steps(1, 1, 1), chromium, app };
}

const met = (lines: ReturnType<typeof linesOf>, what: string) => lines.find((line) => line.what === what)?.ok;

describe('the report', () => {
  test('says which targets are met and which are not', () => {
    const good = linesOf(result(200, 1e6, 200e6));
    expect(met(good, 'First session list, in the app')).toBe(true);
    expect(met(good, 'Rows of everything')).toBe(true);
    expect(met(good, 'Second import, in the app')).toBe(false);
    expect(met(good, 'Second import: read')).toBe(true);
    const bad = linesOf(result(400, 1e8, 300e6));
    expect(met(bad, 'First session list, in the app')).toBe(false);
    expect(met(bad, 'Rows of everything')).toBe(false);
    expect(met(bad, 'Second import: read')).toBe(false);
    expect(met(bad, 'Rows of everything: memory')).toBe(false);
  });

  test('takes the middle time and the worst memory of the runs', () => {
    const summary = summarise([steps(30, 1, 1), steps(10, 1, 3), steps(20, 1, 2)]);
    for (const name of STEPS) expect(summary[name]).toMatchObject({ ms: 20, peak: 3 });
  });
});
