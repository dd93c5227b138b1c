import { expect, test } from 'vitest';
import { needsRewrite, reportWords } from './words.ts';

const report = { pulled: 0, merged: 0, pushed: 0, bytesUp: 2_100, bytesDown: 400, requests: 1 };

test('a sync says what came and what went out, and only that', () => {
  expect(reportWords(report)).toBe('Nothing to do: 2.1 kB up, 400 bytes down.');
  expect(reportWords({ ...report, pulled: 3, merged: 2, pushed: 1 })).toBe(
    '3 parts came, 2 with something new; 1 part went out: 2.1 kB up, 400 bytes down.',
  );
  expect(reportWords({ ...report, pushed: 2 })).toBe('2 parts went out: 2.1 kB up, 400 bytes down.');
});

test('only what a person can mend by it asks for the vault to be written again', () => {
  const failed = (code: string) => ({ time: 0, report: null, problem: { code, message: '' } });
  expect(['vault-gone', 'vault-older', 'vault-damaged'].map((code) => needsRewrite(failed(code)))).not.toContain(false);
  expect(['relay-unreachable', 'vault-newer', 'cancelled'].map((code) => needsRewrite(failed(code)))).not.toContain(
    true,
  );
});
