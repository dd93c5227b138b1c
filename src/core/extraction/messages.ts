/**
 * What extraction is given to read: messages with their whole text, from the source, not as state clipped them.
 */
import type { Tool } from '../model/agent-session.ts';
import type { Role } from '../model/message.ts';

/** `analyse`: things are looked for in it. `context`: it only helps to understand what follows. */
export type Purpose = 'analyse' | 'context';

export interface ExtractionMessage {
  readonly id: string;
  readonly source: Tool;
  readonly sessionId: string;
  /** The persona it belongs to, `opencode:build`. */
  readonly persona: string;
  readonly role: Role;
  /** ms since 1970 */
  readonly time: number;
  /** The whole message. */
  readonly text: string;
}

/** One session, or what is known of it: its messages in their order, and which of them are analysed. */
export interface SessionWork {
  readonly sessionId: string;
  readonly messages: readonly (ExtractionMessage & { readonly purpose: Purpose })[];
}

const CHARACTERS_A_TOKEN = 4;
/** What names a message costs beside its text. */
export const TOKENS_A_MESSAGE = 4;

/** Tokens of a text, as near as one can say without the model's own counter. */
export function textTokens(text: { readonly length: number }): number {
  return Math.ceil(text.length / CHARACTERS_A_TOKEN);
}

/** Tokens of a message in a call. */
export function messageTokens(message: { readonly text: string }): number {
  return textTokens(message.text) + TOKENS_A_MESSAGE;
}
