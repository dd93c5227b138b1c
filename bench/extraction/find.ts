/** What the built-in provider finds in a labelled message: the whole way the product goes, one message a session. */
import { ASKED_KINDS } from '../../src/core/extraction/call.ts';
import { chunksOf } from '../../src/core/extraction/chunks.ts';
import { builtInProvider } from '../../src/core/extraction/providers/built-in/built-in.ts';
import type { LabelledMessage } from './labelled/message.ts';
import type { Found } from './score.ts';

const provider = builtInProvider();

/** What a tool wrote in the name of the human does not come to a provider: sources leave it out. */
export async function findIn({ id, role, text }: LabelledMessage): Promise<Found[]> {
  if (role === 'synthetic') return [];
  const message = { id, source: 'opencode', sessionId: id, persona: 'opencode:build', role, time: 1, text } as const;
  const found: Found[] = [];
  for (const chunk of chunksOf([{ sessionId: id, messages: [{ ...message, purpose: 'analyse' }] }])) {
    const outcome = await provider.extract({ kinds: ASKED_KINDS, chunk, known: [] }, new AbortController().signal);
    if (!outcome.ok) throw new Error(outcome.failure.message);
    for (const { kind, name, subject, evidence } of outcome.value.found.findings)
      if (kind !== 'quote') found.push({ kind, name, subject, evidence });
  }
  return found;
}
