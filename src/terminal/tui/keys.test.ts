import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Key, pendingKeys, splitKeys } from './keys.ts';

/** `j`, `<down>`, `"pasted"` */
function words(keys: readonly Key[]): string[] {
  return keys.map((key) => {
    if (key.kind === 'character') return key.text;
    return key.kind === 'paste' ? JSON.stringify(key.text) : `<${key.name}>`;
  });
}

/** As they come in pieces, and then nothing more. */
function typed(...pieces: readonly string[]): string[] {
  let pending = '';
  const keys: Key[] = [];
  for (const piece of pieces) {
    const split = splitKeys(pending + piece);
    keys.push(...split.keys);
    ({ pending } = split);
  }
  return words([...keys, ...pendingKeys(pending)]);
}

test.each([
  ['keys in a bunch', ['jjj'], ['j', 'j', 'j']],
  ['arrows in a bunch', ['\x1B[B\x1B[Bk\x1B[A'], ['<down>', '<down>', 'k', '<up>']],
  ['a sequence cut in two', ['j\x1B', '[B', 'k'], ['j', '<down>', 'k']],
  ['a sequence cut in three', ['\x1B', '[', 'B'], ['<down>']],
  ['arrows of the application mode', ['\x1BOA\x1BOB'], ['<up>', '<down>']],
  ['arrows with modifiers', ['\x1B[1;5A\x1B[5;2~'], ['<up>', '<page-up>']],
  ['an escape and nothing more', ['\x1B'], ['<escape>']],
  ['two escapes', ['\x1B\x1B'], ['<escape>', '<escape>']],
  ['an escape before a letter', ['\x1Bq'], ['<escape>', 'q']],
  ['a paste', ['\x1B[200~a\njj\x1B[201~k'], ['"a\\njj"', 'k']],
  ['a paste cut anywhere', ['\x1B[20', '0~one ', 'two\x1B[2', '01~'], ['"one two"']],
  ['an escape in a paste', ['\x1B[200~a\x1B[Bb\x1B[201~'], ['"a\\u001b[Bb"']],
  ['wide and joined characters', ['日👩‍👩‍👧é'], ['日', '👩‍👩‍👧', 'é']],
  ['control keys', ['\x03\t\r\x7F\x15'], ['<ctrl-c>', '<tab>', '<enter>', '<backspace>', '<ctrl-u>']],
  ['a line that a terminal ends with both', ['\r\n'], ['<enter>']],
  ['answers of the terminal', ['\x1B[?1;2c\x1B]11;rgb:0/0/0\x07\x1BP>|x\x1B\\j'], ['j']],
  ['the mouse', ['\x1B[<0;3;4Mj'], ['j']],
  ['control characters without a meaning', ['a\x00\x1Db'], ['a', 'b']],
])('%s', (_, pieces, keys) => {
  expect(typed(...pieces)).toEqual(keys);
});

test('the same keys come out however the pieces are cut', () => {
  const token = fc.constantFrom(
    'j',
    'G',
    '\x1B[B',
    '\x1BOA',
    '\x1B[5~',
    '\x1B[1;5C',
    '\r',
    '日',
    '\x1B[200~p\x1B[201~',
  );
  fc.assert(
    fc.property(
      fc.array(token, { maxLength: 12 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 4 })),
      (tokens, sizes) => {
        const text = tokens.join('');
        const pieces: string[] = [];
        let at = 0;
        for (const size of sizes) {
          if (at >= text.length) break;
          pieces.push(text.slice(at, at + size));
          at += size;
        }
        expect(typed(...pieces)).toEqual(typed(text));
      },
    ),
  );
});

test('a sequence that never ends does not pile up', () => {
  const { pending } = splitKeys(`\x1B]${'x'.repeat(10_000)}`);
  expect(pending).toBe('');
});
