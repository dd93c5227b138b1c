/** A history of the size of a busy year, made by a die that always falls the same: 216 sessions, 34,269 messages, 4.4 M tokens. */
import type { ExtractionMessage, SessionWork } from './messages.ts';

export interface HistorySize {
  readonly sessions: number;
  readonly messages: number;
}

export const WHOLE_HISTORY: HistorySize = { sessions: 216, messages: 34_269 };

/** Sessions of very different lengths; one message in twenty is long, one in two thousand longer than a call. */
export function* generatedHistory({ sessions, messages }: HistorySize = WHOLE_HISTORY): Generator<SessionWork> {
  const random = dice(7);
  const weights = Array.from({ length: sessions }, () => 0.05 + random() ** 3);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let left = messages;
  for (const [at, weight] of weights.entries()) {
    const count = at === sessions - 1 ? left : Math.min(left, Math.max(1, Math.round((messages * weight) / sum)));
    left -= count;
    yield session(`ses_${at}`, count, random);
  }
}

function session(sessionId: string, count: number, random: () => number): SessionWork {
  const messages = Array.from({ length: count }, (_, at) => ({
    ...message(sessionId, at, Math.round(units(random))),
    purpose: 'analyse' as const,
  }));
  return { sessionId, messages };
}

function units(random: () => number): number {
  const kind = random();
  if (kind < 0.0005) return 60_000;
  return kind < 0.05 ? 2_000 + random() * 6_000 : 20 + random() * 440;
}

/** A message with so many UTF-16 units of text; humans and assistants take turns. */
export function message(sessionId: string, at: number, length: number): ExtractionMessage {
  const sentence = `Message ${at} of ${sessionId} says what was wanted and why it was so. `;
  const text = sentence.repeat(Math.ceil(length / sentence.length)).slice(0, Math.max(1, length));
  return {
    id: `msg_${sessionId}_${at}`,
    source: 'opencode',
    sessionId,
    persona: 'opencode:build',
    role: at % 2 === 0 ? 'user' : 'assistant',
    time: 1_700_000_000_000 + at * 60_000,
    text,
  };
}

function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
