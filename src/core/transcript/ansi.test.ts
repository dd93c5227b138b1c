import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ansiSpans, withoutAnsi } from './ansi.ts';

it('knows colours and weights, and when they end', () => {
  const spans = ansiSpans('\u001b[1;31mFAIL\u001b[0m one \u001b[92mok\u001b[39m two');
  expect(spans.map(({ text, color, bold }) => [text, color, bold])).toEqual([
    ['FAIL', 1, true],
    [' one ', null, false],
    ['ok', 2, false],
    [' two', null, false],
  ]);
});

it('leaves out what moves the cursor, sets titles or chooses from many colours', () => {
  const text = '\u001b[2K\u001b[1G\u001b]0;title\u0007a\u001b[38;5;196mb\u001b[38;2;1;2;3mc\u001b[Jd';
  expect(withoutAnsi(text)).toBe('abcd');
  expect(ansiSpans(text).every(({ bold, faint, color }) => !bold && !faint && color === null)).toBe(true);
});

it('loses nothing and keeps no escape character of a sequence, whatever comes', () => {
  const piece = fc.constantFrom('a', '\u001b[', '\u001b[3', '1m', 'm', ';', '\u001b]', '\u0007', 'ß', '\n', '[0m');
  fc.assert(
    fc.property(
      fc.array(piece).map((all) => all.join('')),
      (text) => {
        expect(
          ansiSpans(text)
            .map((span) => span.text)
            .join(''),
        ).toBe(withoutAnsi(text));
      },
    ),
  );
});

it('a sequence that never ends takes no more than its line', () => {
  expect(withoutAnsi('\u001b]0;npm test\n3 failed')).toBe('\n3 failed');
});
