import { expect, it } from 'vitest';
import type { ToolPart, TranscriptMessage, TranscriptPart } from '../model/transcript.ts';
import { findIn, findQuery, markedWords } from './find.ts';

const NOTHING = { start: null, end: null, detail: null, attachments: [], title: '', error: '', output: '' };

function call(id: string, name: string, input: string, more: Partial<ToolPart> = {}): ToolPart {
  return { kind: 'tool', id, name, input, status: 'completed', ...NOTHING, ...more };
}

const PARTS: readonly TranscriptPart[] = [
  { kind: 'text', id: 'said', text: 'I run bash, then bash again', spoken: true },
  call('shell', 'Bash', '', { detail: { kind: 'shell', command: 'npm test', exitCode: 0 }, output: 'npm is done' }),
  call('fetch', 'web_fetch', '{"url": "https://npm.example"}'),
  { kind: 'hidden', id: 'hidden', type: 'step', raw: 'bash npm' },
];
const MESSAGE: TranscriptMessage = {
  id: 'msg_1',
  role: 'assistant',
  agent: 'build',
  time: 1,
  end: null,
  model: null,
  tokens: null,
  cost: null,
  reverted: false,
  parts: PARTS,
};

it.each([
  ['a word: in what was said, names of tools, what they were given and gave', 'BASH', { said: 2, shell: 1 }],
  ['a word of inputs and outputs', 'npm', { shell: 2, fetch: 1 }],
  ['a tool: each of its calls', 'tool:bash', { shell: 1 }],
  ['a part of the name of a tool', 'Tool:FETCH ', { fetch: 1 }],
  ['a tool and words: the words in its calls alone', 'tool:bash npm', { shell: 2 }],
  ['a tool that was not called', 'tool:edit', {}],
  ['a name that is still to be typed is a text as any other', 'tool:', {}],
  ['nothing', '', {}],
])('find looks for %s', (_, typed, expected) => {
  const hits = findIn(MESSAGE, 7, findQuery(typed));
  expect(Object.fromEntries(hits.map(({ partId, count }) => [partId, count]))).toEqual(expected);
  for (const hit of hits) expect(hit).toMatchObject({ at: 7, messageId: 'msg_1' });
});

it('what is marked are the words, or the name where there are none', () => {
  expect(['tool:Bash', 'tool:bash npm Test', 'plain Words'].map(markedWords)).toEqual([
    'bash',
    'npm test',
    'plain words',
  ]);
});
