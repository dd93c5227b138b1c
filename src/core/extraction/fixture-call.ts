import type { Item } from '../model/item.ts';
import { HUMAN } from '../model/item.ts';
import { applyFindings } from './apply.ts';
import type { AskedKind, ExtractionCall } from './call.ts';
import { ASKED_KINDS } from './call.ts';
import type { Chunk } from './chunks.ts';
import { chunksOf } from './chunks.ts';
import type { FoundEvidence } from './finding.ts';
import { message } from './fixture-history.ts';
import type { Purpose } from './messages.ts';

export interface Said {
  readonly text: string;
  readonly role?: 'user' | 'assistant';
  readonly purpose?: Purpose;
  readonly session?: string;
}

/** A call over a short conversation. `m1` is the first message that is analysed. */
export function callOf(
  said: readonly Said[],
  known: readonly Item[] = [],
  kinds: readonly AskedKind[] = ASKED_KINDS,
): ExtractionCall {
  return { kinds, chunk: chunkOf(said), known };
}

export function chunkOf(said: readonly Said[]): Chunk {
  const sessions = new Map<string, number>();
  const works = said.map(({ text, role = 'user', purpose = 'analyse', session = 's1' }) => {
    const at = sessions.get(session) ?? 0;
    sessions.set(session, at + 1);
    return { ...message(session, at, 1), text, role, purpose };
  });
  const work = [...sessions.keys()].map((sessionId) => ({
    sessionId,
    messages: works.filter((each) => each.sessionId === sessionId),
  }));
  const [chunk] = chunksOf(work);
  if (chunk === undefined) throw new Error('nothing to analyse');
  return chunk;
}

export function itemOf(name: string, more: Partial<Item> = {}): Item {
  const evidence: FoundEvidence = {
    source: 'opencode',
    sessionId: 'old',
    messageId: 'old',
    start: 0,
    end: name.length,
    hash: 'h',
    text: name,
    time: 1,
    persona: 'opencode:build',
  };
  const { kind = 'trait' } = more;
  const subject = kind === 'fact' ? HUMAN : null;
  const finding = { kind, known: null, name, description: '', subject, aliases: [], evidence: [evidence] };
  const [item] = applyFindings({ items: new Map(), findings: [finding], now: 1 });
  if (item === undefined) throw new Error('no item');
  return { ...item, ...more };
}
