import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProse, proseOf } from './prose.ts';
import { sentencesOf } from './sentences.ts';

const words = (text: string): string[] => sentencesOf(text).map((sentence) => sentence.text);

const FENCE = '```';

describe('what is not the words of the human', () => {
  it.each<[string, string]>([
    ['fenced code', `Always use tabs.\n${FENCE}ts\nI prefer spaces.\n${FENCE}\nShip it.`],
    ['a fence of tildes', 'Always use tabs.\n~~~\nI prefer spaces.\n~~~\nShip it.'],
    ['a fence in a list', `Always use tabs.\n- ${FENCE}\n  I prefer spaces.\n  ${FENCE}\n\nShip it.`],
    ['a fence that opens after words', `Always use tabs. ${FENCE}\nI prefer spaces.\n${FENCE}\nShip it.`],
    [
      'a longer fence around a shorter one',
      `Always use tabs.\n${FENCE}\`\n${FENCE}\nI prefer spaces.\n${FENCE}\n${FENCE}\`\nShip it.`,
    ],
    ['indented code', 'Always use tabs.\n\n    I prefer spaces.\n    And semicolons.\n\nShip it.'],
    ['a quotation', 'Always use tabs.\n> I prefer spaces.\n> Really.\n\nShip it.'],
    ['a reminder of the tool', 'Always use tabs.\n<system-reminder>I prefer spaces.\n</system-reminder>\nShip it.'],
    [
      'output of a command',
      'Always use tabs.\n<local-command-stdout>I prefer spaces.</local-command-stdout>\nShip it.',
    ],
    ['a pasted file in an element', 'Always use tabs.\n<file path="a.md">\nI prefer spaces.\n</file>\nShip it.'],
    ['an element of its own lines', 'Always use tabs.\n<readme>\nI prefer spaces.\n</readme>\nShip it.'],
    ['a comment of markup', 'Always use tabs.\n<!-- I prefer spaces. -->\nShip it.'],
    ['a comment of code', 'Always use tabs.\n/**\n * I prefer spaces.\n */\nShip it.'],
    [
      'a diff',
      'Always use tabs.\ndiff --git a/x.md b/x.md\n--- a/x.md\n+++ b/x.md\n@@ -1,2 +1,2 @@\n-I prefer tabs.\n+I prefer spaces.\n We like it.\nShip it.',
    ],
    ['a log', 'Always use tabs.\n2026-11-02T10:00:00Z INFO I prefer spaces.\n[10:00:01] I prefer spaces.\nShip it.'],
    ['levels', 'Always use tabs.\nERROR: I prefer spaces.\n[WARN] I prefer spaces.\nShip it.'],
    [
      'a trace of JavaScript',
      'Always use tabs.\nTypeError: I prefer spaces is not a function\n    at Object.run (/a/b.js:10:5)\n    at async main (b.js:1:1)\n\nShip it.',
    ],
    [
      'a trace of Python',
      'Always use tabs.\nTraceback (most recent call last):\n  File "a.py", line 3, in run\n    I prefer spaces\nValueError: I prefer spaces\n\nShip it.',
    ],
    ['a terminal', 'Always use tabs.\n$ cat notes.md\nI prefer spaces.\n\nShip it.'],
    ['a terminal of another shell', 'Always use tabs.\nme@host:~/work$ cat notes.md\nI prefer spaces.\n\nShip it.'],
    ['a table', 'Always use tabs.\n| I prefer | spaces |\n|---|---|\n| a | b |\nShip it.'],
    [
      'a pasted program and its comments',
      'Always use tabs.\n\n# I prefer spaces.\nimport os\nfrom a import b\n\ndef run(x):\n    """I prefer spaces."""\n    # I prefer spaces.\n    return x\n\nShip it.',
    ],
    ['one line of code', 'Always use tabs.\nconst style = "I prefer spaces";\nShip it.'],
    ['JSON', 'Always use tabs.\n{\n  "style": "I prefer spaces.",\n  "b": 1\n}\nShip it.'],
    ['YAML', 'Always use tabs.\nstyle: spaces\nwidth: 2\n\nShip it.'],
    ['front matter', '---\nstyle: I prefer spaces.\nname: x\n---\nAlways use tabs.\nShip it.'],
    ['test results', 'Always use tabs.\n✓ I prefer spaces.\n × I prefer spaces.\nShip it.'],
    ['a mark of pasted text', 'Always use tabs.\n[Pasted text #1 +12 lines]\nShip it.'],
  ])('leaves out %s', (_, text) => {
    expect(words(text)).toEqual(['Always use tabs.', 'Ship it.']);
  });

  it.each([`${FENCE}\nI prefer spaces.`, '<system-reminder>\nI prefer spaces.', '~~~\nI prefer spaces.\n\nMore.'])(
    'leaves out what is never closed: %j',
    (block) => {
      expect(words(`Always use tabs.\n${block}`)).toEqual(['Always use tabs.']);
    },
  );

  it('keeps code words and addresses in their sentence, and never as a sentence', () => {
    const text = 'We use `pnpm`, see https://pnpm.io. Then:\n`npm install`\nhttps://example.com/a.b';
    expect(words(text)).toEqual(['We use `pnpm`, see https://pnpm.io.', 'Then:']);
    expect(sentencesOf(text)[0]?.visible).toBe('We use       , see                .');
    const prose = proseOf(text);
    const at = text.indexOf('`pnpm`');
    expect(isProse(prose, { start: at, end: at + 6 })).toBe(false);
    expect(isProse(prose, { start: at - 4, end: at + 6 })).toBe(true);
  });

  it('leaves out long lines of data, and keeps long lines of speech', () => {
    expect(words(`Use tabs.\n${'0a1b2c'.repeat(900)}`)).toEqual(['Use tabs.']);
    expect(words('I prefer tabs. '.repeat(400)).length).toBe(400);
  });

  it('is no prose when any of it is code', () => {
    const text = `Always use tabs.\n${FENCE}\nI prefer spaces.\n${FENCE}`;
    const prose = proseOf(text);
    expect(isProse(prose, { start: 0, end: 16 })).toBe(true);
    expect(isProse(prose, { start: 0, end: 30 })).toBe(false);
  });
});

describe('what is the words of the human', () => {
  it.each<[string, string[]]>([
    ['I prefer tabs. Never use npm! Why?', ['I prefer tabs.', 'Never use npm!', 'Why?']],
    ['Use e.g. Vite 8.1 or Node.js 20.19. It works.', ['Use e.g. Vite 8.1 or Node.js 20.19.', 'It works.']],
    ['I like J. Smith etc. and more', ['I like J. Smith etc. and more']],
    ['- use tabs\n- no classes\n* small files', ['use tabs', 'no classes', 'small files']],
    ['1. First thing\n2) Second thing', ['First thing', 'Second thing']],
    ['Rules:\n\n- Use tabs\n    - also in YAML\n\nThanks', ['Rules:', 'Use tabs', 'also in YAML', 'Thanks']],
    ['# Style\nI prefer tabs', ['Style', 'I prefer tabs']],
    [
      'I would rather have you write the tests before the code\nbecause it saves me time. Always.',
      ['I would rather have you write the tests before the code\nbecause it saves me time.', 'Always.'],
    ],
    ['fix the login\nuse postgres', ['fix the login', 'use postgres']],
    ['Deadline: Friday', ['Deadline: Friday']],
    ['note: we deploy on Fridays', ['note: we deploy on Fridays']],
    [
      'For the frontend:\n- use React\n\nFor the backend:\n- use Hono',
      ['For the frontend:', 'use React', 'For the backend:', 'use Hono'],
    ],
    ['class names should be short (I mean it)', ['class names should be short (I mean it)']],
    ['Let us keep the type of it: simple', ['Let us keep the type of it: simple']],
    ['我喜欢用制表符。不要用空格！', ['我喜欢用制表符。', '不要用空格！']],
    ['Мне нравятся табы. Спасибо.', ['Мне нравятся табы.', 'Спасибо.']],
    ['if you can, import the old data', ['if you can, import the old data']],
    ['I return to this later', ['I return to this later']],
    ['ok 2 things: tabs, and small files', ['ok 2 things: tabs, and small files']],
    ['const a = 1;\n\nI always prefer tabs.\n\nconst b = 2;', ['I always prefer tabs.']],
  ])('%j', (text, sentences) => {
    expect(words(text)).toEqual(sentences);
  });
});

describe('offsets', () => {
  it('are into the text as it was given, in order and apart, whatever the text', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(
        FENCE,
        '~~~',
        '> a',
        '    code',
        '<file>',
        '</file>',
        '<system-reminder>',
        '- item. More.',
        '',
        'a = 1;',
        '$ ls',
        '@@ -1,3 +1 @@',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 15 }), (lines) => {
        const text = lines.join('\n');
        let at = 0;
        for (const sentence of sentencesOf(text)) {
          expect(sentence.start).toBeGreaterThanOrEqual(at);
          expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
          expect(sentence.visible.length).toBe(sentence.text.length);
          expect(sentence.text.trim()).toBe(sentence.text);
          at = sentence.end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 400 },
    );
  });
});
