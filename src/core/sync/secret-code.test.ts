import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CODE_BYTES, codeOf, newSecretCode, wordsOf } from './secret-code.ts';

const code = fc.uint8Array({ minLength: CODE_BYTES, maxLength: CODE_BYTES });
const WORDS = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

describe('the words of a secret code', () => {
  test('stand for the code they were made of, whatever it is', () => {
    fc.assert(
      fc.property(code, (bytes) => {
        expect([...codeOf(wordsOf(bytes))]).toEqual([...bytes]);
      }),
    );
  });

  test('are those of the published list', () => {
    expect(wordsOf(new Uint8Array(CODE_BYTES).fill(0x7f))).toBe(WORDS);
  });

  test('are understood however they were written', () => {
    const lines = WORDS.toUpperCase()
      .split(' ')
      .map((word, at) => `  ${at + 1}. ${word},`)
      .join('\r\n');
    for (const written of [lines, WORDS.replaceAll(' ', ', '), `\t${WORDS}\n`, WORDS.replaceAll(' ', ' \u00A0 ')])
      expect([...codeOf(written)]).toEqual([...codeOf(WORDS)]);
    const columns = WORDS.split(' ')
      .map((word, at) => `${at + 1} ${word}`)
      .join(' ');
    expect([...codeOf(columns)]).toEqual([...codeOf(WORDS)]);
  });

  test('are refused with the word that is not in the list', () => {
    expect(() => codeOf(WORDS.replace('sausage', 'sausge'))).toThrow('Word 6, "sausge"');
    expect(() => codeOf(WORDS.replace('year', 'jähr'))).toThrow('Word 4');
  });

  test('are refused when there are too few or too many', () => {
    expect(() => codeOf('legal winner')).toThrow('has 12 words; these are 2');
    expect(() => codeOf('')).toThrow('these are 0');
    expect(() => codeOf(`${WORDS} legal`)).toThrow('these are 13');
  });

  test('are refused when one was taken for another', () => {
    expect(() => codeOf(WORDS.replace('yellow', 'year'))).toThrow('do not belong together');
  });

  test('are never in a refusal, but for the wrong one', () => {
    let said = '';
    try {
      codeOf(WORDS.replace('yellow', 'year'));
    } catch (error) {
      said = String(error);
    }
    expect(said).toContain('do not belong together');
    for (const word of WORDS.split(' ')) expect(said).not.toContain(word);
  });

  test('are new each time', () => {
    expect(wordsOf(newSecretCode())).not.toBe(wordsOf(newSecretCode()));
  });
});
