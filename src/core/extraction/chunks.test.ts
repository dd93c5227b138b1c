import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Chunk, ChunkLimits } from './chunks.ts';
import { chunksOf, sessionsOf } from './chunks.ts';
import { generatedHistory, message } from './fixture-history.ts';
import type { Purpose, SessionWork } from './messages.ts';
import { messageTokens } from './messages.ts';

const small: ChunkLimits = { callTokens: 100, contextTokens: 20 };

function work(sessionId: string, lengths: readonly [number, Purpose][]): SessionWork {
  return {
    sessionId,
    messages: lengths.map(([units, purpose], at) => ({ ...message(sessionId, at, units), purpose })),
  };
}

const shape = (chunks: Iterable<Chunk>): string[][] =>
  [...chunks].map(({ parts }) =>
    parts.map(({ message, purpose, piece, pieces }) => {
      const name = message.id.replace('msg_', '');
      const which = pieces === 1 ? '' : `:${piece + 1}/${pieces}`;
      return purpose === 'context' ? `(${name})` : name + which;
    }),
  );

describe('chunks', () => {
  it('pack small sessions into one call and say which message belongs to which', () => {
    const [chunk, ...more] = chunksOf(
      [
        work('a', [[40, 'analyse']]),
        work('b', [
          [40, 'analyse'],
          [40, 'analyse'],
        ]),
      ],
      small,
    );
    expect(more).toEqual([]);
    expect([...sessionsOf(chunk!).keys()]).toEqual(['a', 'b']);
  });

  it('give what stood before the first analysed message of a session, and nothing of another session', () => {
    const chunks = chunksOf(
      [
        work('a', [[40, 'analyse']]),
        work('b', [
          [12, 'context'],
          [12, 'context'],
          [40, 'analyse'],
        ]),
      ],
      small,
    );
    expect(shape(chunks)).toEqual([['a_0', '(b_0)', '(b_1)', 'b_2']]);
  });

  it('give the end of a chunk again as context of the next', () => {
    const chunks = chunksOf(
      [
        work('a', [
          [160, 'analyse'],
          [160, 'analyse'],
          [160, 'analyse'],
        ]),
      ],
      small,
    );
    expect(shape(chunks)).toEqual([
      ['a_0', 'a_1'],
      ['(a_1)', 'a_2'],
    ]);
  });

  it('are not made of context alone', () => {
    expect([
      ...chunksOf(
        [
          work('a', [
            [40, 'context'],
            [40, 'context'],
          ]),
        ],
        small,
      ),
    ]).toEqual([]);
  });

  it('take a message that is too long alone, split at the ends of paragraphs, with places in the whole of it', () => {
    const text = `${'a'.repeat(250)}.\n\n${'b'.repeat(200)}.\n\n${'c'.repeat(300)}`;
    const long = { ...message('a', 1, 1), text, purpose: 'analyse' as const };
    const before = { ...message('a', 0, 20), purpose: 'analyse' as const };
    const chunks = [
      ...chunksOf(
        [{ sessionId: 'a', messages: [before, long, { ...message('a', 2, 20), purpose: 'analyse' }] }],
        small,
      ),
    ];
    expect(shape(chunks)).toEqual([['a_1:1/3'], ['a_1:2/3'], ['a_1:3/3'], ['a_0', '(a_1)', 'a_2']]);
    const pieces = chunks.slice(0, 3).map(({ parts: [part] }) => text.slice(part!.start, part!.end));
    expect(pieces).toEqual([`${'a'.repeat(250)}.\n\n`, `${'b'.repeat(200)}.\n\n`, 'c'.repeat(300)]);
  });

  it('have the same ids for the same messages, and others for others', () => {
    const one = work('a', [[40, 'analyse']]);
    const ids = [one, one, work('b', [[40, 'analyse']])].map((session) => [...chunksOf([session], small)][0]!.id);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  it('hold every analysed message once, whole, within the limit, whatever the history', () => {
    const lengths = fc.tuple(
      fc.oneof(fc.nat(90), fc.nat(900)),
      fc.constantFrom<Purpose>('analyse', 'analyse', 'context'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(lengths, { maxLength: 12 }), { maxLength: 6 }), (histories) => {
        const sessions = histories.map((each, at) => work(`s${at}`, each));
        const chunks = [...chunksOf(sessions, small)];
        const read = new Map<string, string>();
        for (const chunk of chunks) {
          expect(chunk.tokens).toBeLessThanOrEqual(small.callTokens);
          expect(chunk.parts.some(({ purpose }) => purpose === 'analyse')).toBe(true);
          for (const { message, purpose, start, end } of chunk.parts) {
            if (purpose === 'context') continue;
            expect(start).toBe(read.get(message.id)?.length ?? 0);
            read.set(message.id, (read.get(message.id) ?? '') + message.text.slice(start, end));
          }
        }
        const wanted = sessions.flatMap(({ messages }) => messages.filter(({ purpose }) => purpose === 'analyse'));
        expect(read.size).toBe(wanted.length);
        for (const { id, text } of wanted) expect(read.get(id)).toBe(text);
      }),
    );
  });
});

describe('the whole history', () => {
  it('takes at most 500 calls for 34,269 messages', () => {
    let messages = 0;
    let tokens = 0;
    const counted = function* (): Generator<SessionWork> {
      for (const session of generatedHistory()) {
        messages += session.messages.length;
        for (const each of session.messages) tokens += messageTokens(each);
        yield session;
      }
    };
    const chunks = [...chunksOf(counted())];
    expect(messages).toBe(34_269);
    expect(Math.round(tokens / 100_000) / 10).toBe(4.4);
    expect(chunks.length).toBeLessThanOrEqual(500);
    expect(chunks.reduce((sum, chunk) => sum + chunk.tokens, 0) / tokens).toBeLessThan(1.1);
  });
});
