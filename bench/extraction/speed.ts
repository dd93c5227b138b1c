/** How fast the built-in rules read a history as large as the reference one, every message taken for a human's. */
import { ASKED_KINDS } from '../../src/core/extraction/call.ts';
import { chunksOf } from '../../src/core/extraction/chunks.ts';
import { builtInProvider } from '../../src/core/extraction/providers/built-in/built-in.ts';
import { loadLabelled } from './labelled/load.ts';

export interface Speed {
  readonly messages: number;
  /** Characters of all messages. */
  readonly characters: number;
  readonly ms: number;
  readonly chunks: number;
  /** The chunk that took longest, ms. */
  readonly longest: number;
}

/** As many as fixture S has. */
const MESSAGES = 34_269;
const A_SESSION = 160;

/** The words of the work half, over and over: messages of a like length as people write them. */
export async function measureSpeed(messages = MESSAGES): Promise<Speed> {
  const texts = (await loadLabelled('work')).map(({ text }) => text);
  const provider = builtInProvider();
  let characters = 0;
  let chunks = 0;
  let longest = 0;
  const before = performance.now();
  for (const chunk of chunksOf(sessions(texts, messages))) {
    const from = performance.now();
    await provider.extract({ kinds: ASKED_KINDS, chunk, known: [] }, new AbortController().signal);
    longest = Math.max(longest, performance.now() - from);
    chunks += 1;
    for (const { start, end } of chunk.parts) characters += end - start;
  }
  return { messages, characters, ms: performance.now() - before, chunks, longest };
}

function* sessions(texts: readonly string[], messages: number) {
  for (let from = 0; from < messages; from += A_SESSION) {
    const sessionId = `s${from}`;
    const count = Math.min(A_SESSION, messages - from);
    yield {
      sessionId,
      messages: Array.from({ length: count }, (_, at) => ({
        id: `${sessionId}-${at}`,
        source: 'opencode' as const,
        sessionId,
        persona: 'opencode:build',
        role: 'user' as const,
        time: from + at,
        text: texts[(from + at) % texts.length] ?? '',
        purpose: 'analyse' as const,
      })),
    };
  }
}
