/**
 * From sessions to chunks: what one call is given.
 *
 * Contract:
 * - Every message whose purpose is `analyse` is in exactly one chunk with that purpose, or, when it is too long for one, in as
 *   many as it has pieces, one after the other, each alone. These come before the chunk that was open then. A piece says which of how many it is: a message is done when all
 *   of its pieces are.
 * - A chunk has at most `callTokens` tokens, context and all. Sessions follow each other inside a chunk while there is room;
 *   `sessionsOf` says which messages belong together.
 * - Before the first analysed message of a session stands what came before it in that session, up to `contextTokens`.
 *   Context is the nearest message first, and each keeps only its head.
 * - The same work gives the same chunks with the same ids. Chunks are made when they are asked for: a history need not be in
 *   memory.
 */
import { CALL_TOKEN_LIMIT } from '../model/constants.ts';
import { groupBy } from '../model/group-by.ts';
import { shortHash } from '../model/short-hash.ts';
import type { Span } from '../model/span.ts';
import type { ExtractionMessage, Purpose, SessionWork } from './messages.ts';
import { messageTokens, TOKENS_A_MESSAGE } from './messages.ts';
import { splitText } from './split-message.ts';

export interface ChunkPart extends Span {
  readonly message: ExtractionMessage;
  readonly purpose: Purpose;
  /** From 0; `pieces` is 1 for a message that is whole. */
  readonly piece: number;
  readonly pieces: number;
  readonly tokens: number;
}

export interface Chunk {
  /** The same for the same messages. */
  readonly id: string;
  readonly parts: readonly ChunkPart[];
  readonly tokens: number;
}

export interface ChunkLimits {
  readonly callTokens: number;
  /** At most this many of them for what came before. */
  readonly contextTokens: number;
}

export const CHUNK_LIMITS: ChunkLimits = { callTokens: CALL_TOKEN_LIMIT, contextTokens: 300 };

/** Of a message of the context, this much is given. */
const CONTEXT_HEAD_UNITS = 600;
/** A session that fits into a chunk of its own is not torn for less room than this part of one. */
const TORN_FOR = 0.1;

export function* chunksOf(sessions: Iterable<SessionWork>, limits: ChunkLimits = CHUNK_LIMITS): Generator<Chunk> {
  let open = new OpenChunk();
  for (const session of sessions) {
    const needed = wholeTokens(session, limits);
    const room = limits.callTokens - open.tokens;
    if (needed > room && needed <= limits.callTokens && room < limits.callTokens * TORN_FOR) {
      if (!open.isEmpty) yield open.close();
      open = new OpenChunk();
    }
    for (const [at, message] of session.messages.entries()) {
      if (message.purpose === 'context') continue;
      const tokens = messageTokens(message);
      if (tokens > limits.callTokens) {
        // the open chunk waits: to close it for this would send half empty calls
        yield* alone(message, limits);
        continue;
      }
      if (open.tokens + tokens + open.newContext(session, at, limits, tokens).tokens > limits.callTokens) {
        if (!open.isEmpty) yield open.close();
        open = new OpenChunk();
      }
      open.add(session, at, limits, tokens);
    }
  }
  if (!open.isEmpty) yield open.close();
}

/** Parts of a chunk, session by session, in their order. */
export function sessionsOf(chunk: Chunk): Map<string, ChunkPart[]> {
  return groupBy(chunk.parts, ({ message }) => message.sessionId);
}

class OpenChunk {
  readonly #parts: ChunkPart[] = [];
  readonly #given = new Set<string>();
  tokens = 0;

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  /** What must be given before a message, that this chunk has not given yet. */
  newContext(session: SessionWork, at: number, limits: ChunkLimits, tokens: number) {
    const parts: ChunkPart[] = [];
    let used = 0;
    const room = Math.min(limits.contextTokens, limits.callTokens - tokens);
    for (let before = at - 1; before >= 0; before--) {
      const message = session.messages[before];
      if (message === undefined || this.#given.has(keyOf(message))) break;
      const part = contextPart(message, room - used);
      if (part === null) break;
      parts.unshift(part);
      used += part.tokens;
    }
    return { parts, tokens: used };
  }

  add(session: SessionWork, at: number, limits: ChunkLimits, tokens: number): void {
    const message = session.messages[at];
    if (message === undefined) return;
    const context = this.newContext(session, at, limits, tokens);
    const { purpose, ...plain } = message;
    const part = { message: plain, purpose, start: 0, end: message.text.length, piece: 0, pieces: 1, tokens };
    this.#parts.push(...context.parts, part);
    this.tokens += context.tokens + tokens;
    for (const given of session.messages.slice(at - context.parts.length, at + 1)) this.#given.add(keyOf(given));
  }

  close(): Chunk {
    return closed(this.#parts);
  }
}

function closed(parts: readonly ChunkPart[]): Chunk {
  const id = shortHash(
    parts.flatMap(({ message, purpose, start, end }) => [keyOf(message), purpose, String(start), String(end)]),
  );
  return { id, parts, tokens: parts.reduce((sum, part) => sum + part.tokens, 0) };
}

function* alone(message: SessionWork['messages'][number], limits: ChunkLimits): Generator<Chunk> {
  const { purpose, ...plain } = message;
  const spans = splitText(message.text, (limits.callTokens - TOKENS_A_MESSAGE) * 4);
  for (const [piece, { start, end }] of spans.entries()) {
    const tokens = messageTokens({ text: message.text.slice(start, end) });
    yield closed([{ message: plain, purpose, start, end, piece, pieces: spans.length, tokens }]);
  }
}

/** The head of a message, as context; null when there is no room for any. */
function contextPart(message: SessionWork['messages'][number], room: number): ChunkPart | null {
  const units = Math.min(message.text.length, CONTEXT_HEAD_UNITS, (room - TOKENS_A_MESSAGE) * 4);
  const [head] = units < 1 ? [] : splitText(message.text.slice(0, units + 1), units);
  if (head === undefined) return null;
  const { purpose: _, ...plain } = message;
  const tokens = messageTokens({ text: message.text.slice(head.start, head.end) });
  return { message: plain, purpose: 'context', ...head, piece: 0, pieces: 1, tokens };
}

function wholeTokens({ messages }: SessionWork, limits: ChunkLimits): number {
  let tokens = 0;
  for (const message of messages) {
    if (message.purpose === 'analyse') tokens += messageTokens(message);
    if (tokens > limits.callTokens) break;
  }
  return tokens;
}

function keyOf({ sessionId, id }: ExtractionMessage): string {
  return `${sessionId}/${id}`;
}
