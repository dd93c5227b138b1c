import type { ExtractionMessage } from '../../messages.ts';
import { type Reading, readMessage } from './read-message.ts';

/** A human message with a text of one's own. */
export function messageOf(text: string): ExtractionMessage {
  return { id: 'm', source: 'opencode', sessionId: 's', persona: 'opencode:build', role: 'user', time: 1, text };
}

export function read(text: string): Reading {
  return readMessage(messageOf(text), { start: 0, end: text.length });
}

/** `trait: prefers tabs`, `fact of team: uses Deno`, in the order of the text. */
export function stated(text: string): string[] {
  return read(text).stated.map(({ what }) =>
    what.kind === 'trait' ? `trait: ${what.name}` : `fact of ${what.subject}: ${what.name}`,
  );
}

export function people(text: string): string[] {
  return read(text)
    .people.filter(({ what }) => what.isSure)
    .map(({ what }) => what.name);
}

export function topics(text: string): string[] {
  return read(text).topics.map(({ what }) => what.name);
}
