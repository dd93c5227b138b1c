import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MessageHead, TextPiece, ToolCall } from '../source.ts';
import { messageHead } from '../opencode-shared/message-rules.ts';
import { ProblemLog } from '../problem-log.ts';
import type { Row } from '../sqlite/row.ts';
import type { JsonObject } from './json.ts';
import { messageVisitor } from './message-rows.ts';
import { partVisitor } from './part-rows.ts';

afterEach(() => vi.restoreAllMocks());

const PLACE = { id: 'msg_1', sessionId: 'ses_1', created: 1_000, updated: 2_000 };

/** A row of `message` or `part`, as far as they are alike. */
function rowOf(data: string, numbers: readonly (number | null)[]): Row {
  const texts = ['msg_1', 'ses_1', 'ses_1'];
  const bytes = new TextEncoder().encode(data);
  return {
    rowid: 1,
    complete: true,
    has: () => true,
    text: (column) => (column === 4 ? data : (texts[column] ?? null)),
    bytes: (column) => (column === 4 ? bytes : new TextEncoder().encode(texts[column] ?? '')),
    number: (column) => numbers[column] ?? null,
  };
}

function headOf(data: string): MessageHead | undefined {
  const heads: MessageHead[] = [];
  const log = new ProblemLog('opencode.db', () => undefined);
  messageVisitor('all', log, (head) => heads.push(head))(rowOf(data, [null, null, 1_000, 2_000]));
  return heads[0];
}

function partOf(data: string): (TextPiece | ToolCall)[] {
  const told: (TextPiece | ToolCall)[] = [];
  const log = new ProblemLog('opencode.db', (problem) => expect(problem).toBeNull());
  const listener = { text: (piece: TextPiece) => told.push(piece), toolCall: (call: ToolCall) => told.push(call) };
  partVisitor('all', log, listener)(rowOf(data, [null, null, null, 1_000]));
  return told;
}

const USER = { role: 'user', time: { created: 1 }, agent: 'Build', model: { providerID: 'anthropic', modelID: 'x' } };
const ANSWER: JsonObject = {
  parentID: 'msg_0',
  role: 'assistant',
  mode: 'build',
  agent: 'build',
  path: { cwd: '/home/dev', root: '/' },
  cost: 0.0123,
  tokens: { total: 9, input: 12, output: 5, reasoning: 1, cache: { read: 100, write: 7 } },
  modelID: 'claude-sonnet-5',
  providerID: 'anthropic',
  time: { created: 1_000, completed: 4_000 },
  finish: 'stop',
};

describe('a row of message', () => {
  it.each([
    ['a prompt', USER],
    ['an answer', ANSWER],
    [
      'an answer that failed',
      { ...ANSWER, time: { created: 1_000 }, error: { name: 'Aborted', data: { role: 'user' } } },
    ],
    ['a summary', { ...ANSWER, summary: true }],
    ['a prompt with a summary of changes', { ...USER, summary: { diffs: [{ file: 'a' }] } }],
    ['one of OpenCode 2', { role: 'assistant', model: { id: 'x', providerID: 'y' }, tokens: { input: 1 }, time: {} }],
    [
      'one whose values are of other kinds',
      { role: 'user', agent: 7, mode: ['plan'], time: [], tokens: 'none', cost: {} },
    ],
  ])('is read without parsing it, and as if it were: %s', (_, data) => {
    const parse = vi.spyOn(JSON, 'parse');
    const head = headOf(JSON.stringify(data));
    expect(parse).not.toHaveBeenCalled();
    expect(head).toEqual(messageHead(data, PLACE));
  });

  it.each([
    ['a name with an accent', { ...ANSWER, agent: 'tür' }],
    ['a name with an escape', { ...ANSWER, agent: 'a"b' }],
    ['very much beside it', { ...ANSWER, system: 'x'.repeat(40_000) }],
  ])('is parsed where it is not written the usual way: %s', (_, data) => {
    expect(headOf(JSON.stringify(data))).toEqual(messageHead(data, PLACE));
  });
});

describe('a row of part', () => {
  it.each([
    '{"reason":"stop","snapshot":"aa","type":"step-finish","tokens":{"total":1,"input":2},"cost":0}',
    '{"snapshot":"436f752cef9e","type":"step-start"}',
    '{"type":"patch","hash":"2e30","files":["a.ts"]}',
  ])('that is neither text nor tool is passed over unparsed: %s', (data) => {
    const parse = vi.spyOn(JSON, 'parse');
    expect(partOf(data)).toEqual([]);
    expect(parse).not.toHaveBeenCalled();
  });

  it('that says its type late is read all the same', () => {
    expect(partOf('{"text":"Hello","type":"text"}')).toMatchObject([{ text: 'Hello' }]);
    expect(partOf('{"callID":"1","type":"tool","state":{"time":{"start":5,"end":9}}}')).toMatchObject([
      { run: { start: 5, end: 9 } },
    ]);
  });
});
