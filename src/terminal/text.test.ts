import { describe, expect, test } from 'vitest';
import { testIo } from './fixture-cli.ts';
import { table } from './table.ts';
import { byteSize, columnsOf, fit, oneLine, plain } from './text.ts';

const io = (width: number | null) => testIo(() => undefined, width);

test('what came from a source does not steer the terminal', () => {
  expect(plain('a\u001B[2J\u0007b\r\nc\td\u009B31m\u202Ee')).toBe('a[2Jb\nc\td31me');
  expect(oneLine('  two\n\nlines\t ')).toBe('two lines');
});

test('wide characters take two columns, what is joined to a character none', () => {
  expect([columnsOf('abc'), columnsOf('返品'), columnsOf('e\u0301'), columnsOf('👩‍👩‍👧')]).toEqual([3, 4, 1, 2]);
  expect(['🇩🇪', '1️⃣', '𠀋', '☺', 'é'].map(columnsOf)).toEqual([2, 2, 2, 2, 1]);
});

test('text is cut to its columns, never within a character', () => {
  expect(fit('exeunt', 6)).toBe('exeunt');
  expect(fit('exeunt omnes', 6)).toBe('exeun…');
  expect(fit('返品返品', 6)).toBe('返品…');
});

test('sizes are in powers of ten', () => {
  expect([0, 999, 1_000, 9_999_999].map(byteSize)).toEqual(['0 B', '999 B', '1.0 kB', '10.0 MB']);
});

describe('a table', () => {
  const columns = [{ title: 'NAME' }, { title: 'N', align: 'right' as const }, { title: 'TITLE', flexible: true }];
  const rows = [
    ['build', '1,000', 'A long title that goes on and on'],
    ['返', '1', 'Short'],
  ];

  test('is aligned, and whole where there is no terminal', () => {
    expect(table(columns, rows, io(null)).split('\n')).toEqual([
      'NAME       N  TITLE',
      'build  1,000  A long title that goes on and on',
      '返         1  Short',
      '',
    ]);
  });

  test('is cut to the width of the terminal', () => {
    const lines = table(columns, rows, io(40)).trimEnd().split('\n');
    expect(Math.max(...lines.map(columnsOf))).toBe(40);
    expect(lines[1]).toMatch(/…$/);
  });
});
