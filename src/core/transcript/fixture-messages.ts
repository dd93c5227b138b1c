/** Messages with every kind of part and any text, for properties. */
import fc from 'fast-check';
import type { AgentSession } from '../model/agent-session.ts';
import type { Attachment, ToolDetail, TranscriptMessage, TranscriptPart } from '../model/transcript.ts';

export const SESSION: AgentSession = {
  sessionId: 'ses_1',
  source: 'opencode',
  parentSessionId: null,
  sessionType: 'user',
  projectPath: '/home/nora/shop',
  projectName: 'shop',
  startTime: 1_791_191_540_246,
  endTime: null,
  messageCount: 0,
  assistantMessageCount: 0,
  toolCallCount: 0,
  summary: 'Prices',
  startingPrompt: null,
  userPrompts: [],
};

/** Every message has one part of any kind; each of its texts comes from `text`. */
export function anyMessage(text: fc.Arbitrary<string>): fc.Arbitrary<TranscriptMessage> {
  return fc
    .record({ part: anyPart(text), role: fc.constantFrom('user' as const, 'assistant' as const, 'system' as const) })
    .map(({ part, role }) => ({
      id: 'msg_1',
      role,
      agent: 'build',
      time: 1_791_191_540_246,
      end: null,
      model: 'openai/gpt',
      tokens: null,
      cost: null,
      reverted: false,
      parts: [part],
    }));
}

function anyPart(text: fc.Arbitrary<string>): fc.Arbitrary<TranscriptPart> {
  const id = fc.constant('prt_1');
  const none = fc.constant(null);
  return fc.oneof(
    fc.record({ kind: fc.constant('text' as const), id, text, spoken: fc.boolean() }),
    fc.record({ kind: fc.constant('thinking' as const), id, text, start: none, end: none }),
    fc.record({ kind: fc.constant('subtask' as const), id, agent: fc.constant('general'), title: text, text }),
    fc.record({ kind: fc.constant('compaction' as const), id, auto: fc.boolean(), text }),
    fc.record({ kind: fc.constant('retry' as const), id, attempt: none, text }),
    fc.record({ kind: fc.constant('error' as const), id, name: text, text }),
    fc.record({ kind: fc.constant('note' as const), id, text }),
    fc.record({ kind: fc.constant('unknown' as const), id, type: fc.constant('odd'), raw: text }),
    fc.record({
      kind: fc.constant('tool' as const),
      id,
      name: fc.constant('bash'),
      title: text,
      status: fc.constant('completed' as const),
      input: text,
      output: text,
      error: text,
      start: none,
      end: none,
      detail: fc.option(anyDetail(text)),
      attachments: fc.array(anyFile(text), { maxLength: 2 }),
    }),
    fc.tuple(anyFile(text), id).map(([file, partId]) => ({ kind: 'attachment' as const, id: partId, ...file })),
  );
}

function anyDetail(text: fc.Arbitrary<string>): fc.Arbitrary<ToolDetail> {
  const hunk = fc.record({ oldStart: fc.constant(null), newStart: fc.constant(null), old: text, new: text });
  return fc.oneof(
    fc.record({ kind: fc.constant('edit' as const), path: text, hunks: fc.array(hunk, { maxLength: 2 }) }),
    fc.record({ kind: fc.constant('shell' as const), command: text, exitCode: fc.constantFrom(null, 0, 1) }),
    fc.record({
      kind: fc.constant('agent' as const),
      agent: fc.constant('general'),
      task: text,
      sessionId: fc.constant(null),
    }),
  );
}

function anyFile(text: fc.Arbitrary<string>): fc.Arbitrary<Attachment> {
  return fc.record({
    mime: fc.constant('text/plain'),
    name: text,
    data: fc.constant(null),
    place: text,
    size: fc.constant(null),
  });
}
