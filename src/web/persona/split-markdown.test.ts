import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitMarkdown } from './split-markdown.ts';

test('a short text is one portion, as it is', () => {
  expect(splitMarkdown('one\n\ntwo', 1_000)).toEqual(['one\n\ntwo']);
});

test('a long text is cut at blank lines only', () => {
  const paragraph = 'word '.repeat(30).trim();
  const portions = splitMarkdown(Array.from({ length: 20 }, () => paragraph).join('\n\n'), 400);
  expect(portions.length).toBeGreaterThan(3);
  for (const portion of portions) expect(portion.trim().split('\n\n')).toContain(paragraph);
});

test('code is not cut in two at its blank lines', () => {
  const code = ['```ts', ...Array.from({ length: 10 }, () => 'const a = 1;\n'), '```'].join('\n');
  expect(splitMarkdown(`before\n\n${code}\n\nafter`, 60)).toEqual([`before\n\n${code}\n`, 'after']);
});

test('code that is far too long is closed and opened again in the same language', () => {
  const code = ['~~~~sql', ...Array.from({ length: 100 }, () => 'select 1;'), '~~~~'].join('\n');
  const portions = splitMarkdown(code, 100);
  expect(portions.length).toBeGreaterThan(2);
  for (const portion of portions.slice(0, -1)) {
    expect(portion.startsWith('~~~~sql\n')).toBe(true);
    expect(portion.endsWith('\n~~~~')).toBe(true);
  }
});

test('outside code not a character is lost or changed', () => {
  const line = fc.constantFrom('', 'a line', '# heading', '- item', '    indented', '世界 👩‍👩‍👧');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), fc.integer({ min: 1, max: 80 }), (lines, size) => {
      const text = lines.join('\n');
      expect(splitMarkdown(text, size).join('\n')).toBe(text);
    }),
  );
});
