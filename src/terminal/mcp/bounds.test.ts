import { expect, test } from 'vitest';
import { clipped, fittingPage, nextOffset } from './bounds.ts';

test('a text goes to an agent without secrets and without what would steer a terminal', () => {
  const text = clipped('The key is sk-ant-api03-Zb7Qm2Kp9Xw4Rt6Yv8Nc1Ld3Fg5Hj0Sa \u001B[2J.', 500);
  expect(text).toMatch(/^The key is \[redacted:[a-z-]+\] \[2J\.$/);
});

test('a long text is cut where it says so, never within a character', () => {
  expect(clipped('exeunt omnes', 7)).toBe('exeunt…');
  expect(clipped('exit 🐻', 7)).toBe('exit 🐻');
  expect(clipped('exit 🐻 bear', 7)).toBe('exit …');
});

test('a secret that is cut in two is redacted first', () => {
  expect(clipped(`${'x'.repeat(20)} password=hunter2hunter2hunter2`, 40)).not.toContain('hunter');
});

test('a page ends where it has grown long, after one row at least, and the next begins there', () => {
  const rows = Array.from({ length: 10 }, (_, id) => ({ id, text: 'word '.repeat(2_000) }));
  const page = fittingPage(rows);
  expect(page.map(({ id }) => id)).toEqual([0, 1, 2]);
  expect(nextOffset(0, page.length, rows.length)).toBe(3);
  expect(fittingPage([{ text: 'x'.repeat(100_000) }])).toHaveLength(1);
  expect(fittingPage([])).toEqual([]);
  expect(nextOffset(9, 1, 10)).toBeNull();
});
