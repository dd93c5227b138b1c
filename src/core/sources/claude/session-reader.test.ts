import { expect, it } from 'vitest';
import { MemoryTree } from './fixture-folder.ts';
import { openClaudeProjects } from './read.ts';
import type { Source } from '../source.ts';
import type { SessionReader } from '../session-reader.ts';

const never = new AbortController().signal;
const ID = '00000001-6b1f-4a53-9d0e-5d1f6a1c2b3d';
const TIME = '2026-03-01T10:00:00.000Z';

interface Line {
  readonly type: string;
  readonly [name: string]: unknown;
}

function user(uuid: string, parent: string | null, content: unknown, more: object = {}): Line {
  const message = { role: 'user', content };
  return { type: 'user', uuid, parentUuid: parent, sessionId: ID, timestamp: TIME, message, ...more };
}

function reply(uuid: string, parent: string | null, id: string, ...content: readonly object[]): Line {
  const message = { id, role: 'assistant', model: 'claude-opus', content, usage: { output_tokens: 3 } };
  return { type: 'assistant', uuid, parentUuid: parent, sessionId: ID, timestamp: TIME, message };
}

async function open(text: string): Promise<{ source: Source; reader: SessionReader }> {
  const tree = new MemoryTree([[`projects/-src/${ID}.jsonl`, text]]);
  const source = await openClaudeProjects(tree.folder('projects'));
  const reader = await source.transcript(ID, never);
  if (reader === null) throw new Error('the session is there');
  return { source, reader };
}

const jsonl = (lines: readonly Line[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

it('a reply is one message however many lines it has, with what its tools gave', async () => {
  const { reader } = await open(
    jsonl([
      user('u1', null, 'Fix it'),
      reply('a1', 'u1', 'msg_long_enough_to_be_unique', { type: 'thinking', thinking: 'Hm.' }),
      reply('a2', 'a1', 'msg_long_enough_to_be_unique', { type: 'text', text: 'I look.' }),
      reply('a3', 'a2', 'msg_long_enough_to_be_unique', {
        type: 'tool_use',
        id: 'toolu_1',
        name: 'Bash',
        input: { command: 'npm test', description: 'Run the tests' },
      }),
      user(
        'r1',
        'a3',
        [{ type: 'tool_result', tool_use_id: 'toolu_1', is_error: true, content: 'Exit code 2\nFAIL' }],
        {
          toolUseResult: 'Error',
        },
      ),
    ]),
  );
  const messages = await reader.messages(0, 9, never);
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
  expect(messages[1]?.parts).toMatchObject([
    { kind: 'thinking', text: 'Hm.' },
    { kind: 'text', text: 'I look.' },
    {
      kind: 'tool',
      title: 'Run the tests',
      status: 'error',
      error: 'Exit code 2\nFAIL',
      detail: { kind: 'shell', command: 'npm test', exitCode: 2 },
    },
  ]);
  expect(JSON.parse(await reader.raw(1, never))).toHaveLength(4);
});

it('an edit has the lines its tool noted', async () => {
  const input = { file_path: '/a.ts', old_string: 'one', new_string: 'two' };
  const structuredPatch = [
    { oldStart: 7, newStart: 7, lines: [' before', '-one', '+two', '\\ No newline at end of file'] },
  ];
  const { reader } = await open(
    jsonl([
      reply('a1', null, 'msg_1', { type: 'tool_use', id: 'toolu_1', name: 'Edit', input }),
      user('r1', 'a1', [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'done' }], {
        toolUseResult: { filePath: '/a.ts', structuredPatch },
      }),
    ]),
  );
  const [message] = await reader.newest(1, never);
  expect(message?.parts).toMatchObject([
    {
      input: '',
      detail: { path: '/a.ts', hunks: [{ oldStart: 7, newStart: 7, old: 'before\none', new: 'before\ntwo' }] },
    },
  ]);
});

it('compactions, retries, what the tool added, and lines of new kinds are shown; bookkeeping is not', async () => {
  const { reader } = await open(
    jsonl([
      user('u1', null, 'Go <system-reminder>Be brief.</system-reminder>'),
      { type: 'progress', uuid: 'p1', parentUuid: 'u1', sessionId: ID, data: {} },
      { type: 'system', subtype: 'turn_duration', uuid: 's0', parentUuid: 'p1', durationMs: 3 },
      { type: 'system', subtype: 'api_error', uuid: 's1', parentUuid: 's0', retryAttempt: 2, error: { status: 529 } },
      {
        type: 'system',
        subtype: 'compact_boundary',
        uuid: 's2',
        parentUuid: null,
        logicalParentUuid: 's1',
        compactMetadata: { trigger: 'auto' },
      },
      user('u2', 's2', 'All of before', { isCompactSummary: true }),
      { type: 'hologram', uuid: 'h1', parentUuid: 'u2', angle: 3 },
    ]),
  );
  const parts = (await reader.messages(0, 9, never)).flatMap((message) => message.parts);
  expect(parts).toMatchObject([
    { kind: 'text', spoken: true, text: 'Go' },
    { kind: 'text', spoken: false, text: 'Go <system-reminder>Be brief.</system-reminder>' },
    { kind: 'retry', attempt: 2 },
    { kind: 'compaction', auto: true },
    { kind: 'compaction', text: 'All of before' },
    { kind: 'unknown', type: 'hologram' },
  ]);
});

it('a sub-agent in the same file is found by its task, and left out of the session', async () => {
  const task = {
    type: 'tool_use',
    id: 'toolu_1',
    name: 'Task',
    input: { prompt: 'Look around', subagent_type: 'explore' },
  };
  const side = { isSidechain: true };
  const { source, reader } = await open(
    jsonl([
      user('u1', null, 'Go'),
      reply('a1', 'u1', 'msg_1', task),
      user('x1', null, 'Look around', side),
      { ...reply('x2', 'x1', 'msg_side', { type: 'text', text: 'Nothing here.' }), ...side },
    ]),
  );
  const messages = await reader.messages(0, 9, never);
  expect(messages).toHaveLength(2);
  const child = `${ID}:x1`;
  expect(messages[1]?.parts).toMatchObject([{ detail: { kind: 'agent', agent: 'explore', sessionId: child } }]);
  const inside = await source.transcript(child, never);
  expect((await inside?.messages(0, 9, never))?.flatMap(({ parts }) => parts)).toMatchObject([
    { kind: 'text', text: 'Look around' },
    { kind: 'text', text: 'Nothing here.' },
  ]);
});

it('entries glued together on one line are all read; a line that is none is told', async () => {
  const [first, second] = [user('u1', null, 'one'), user('u2', 'u1', 'two')].map((line) => JSON.stringify(line));
  const { reader } = await open(`${first}${second}\n{"type": "user", "mess\n`);
  const texts = (await reader.messages(0, 9, never)).flatMap((message) => message.parts);
  expect(texts).toMatchObject([{ text: 'one' }, { text: 'two' }]);
  expect(reader.problems).toMatchObject([{ code: 'bad-json', severity: 'skipped' }]);
});

it('the end of a long session is read from the end of its file', async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) =>
    user(`u${i}`, i === 0 ? null : `u${i - 1}`, `Prompt ${i} ${'x'.repeat(400)}`),
  );
  const { source, reader } = await open(jsonl(lines));
  expect(source.sizeBytes).toBeGreaterThan(10_000_000);
  const newest = await reader.newest(20, never);
  expect(newest.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => `u${19_980 + i}@${ID}`));
  expect(source.bytesRead).toBeLessThan(400_000);
  const before = source.bytesRead;
  expect(await reader.ids(never)).toHaveLength(20_000);
  await reader.messages(50, 60, never);
  // once through the file, and ten lines
  expect(source.bytesRead - before).toBeLessThan(source.sizeBytes + 10_000);
});
