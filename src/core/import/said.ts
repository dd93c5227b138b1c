/** The index of what was said in a session: an entry a message, small enough to be kept for every session. */
import type { Role } from '../model/message.ts';
import type { SaidIndex } from '../model/session-copy.ts';
import { shortHash } from '../model/short-hash.ts';

/** Sessions with more messages keep no index: of several copies the newest counts alone then. */
export const MOST_INDEXED = 20_000;

export interface Said {
  /** Stands for the id of the message. */
  readonly key: string;
  readonly role: Role;
  readonly agent: string;
  /** ms */
  readonly time: number;
  readonly hasText: boolean;
  /** May become a persona's when it has text. */
  readonly forPersona: boolean;
  /** When its tools were called, ms. */
  readonly toolCalls: readonly number[];
}

const ASSISTANT = 1;
const HAS_TEXT = 2;
const FOR_PERSONA = 4;

export function saidKey(messageId: string): string {
  return shortHash([messageId]);
}

/** Null when there are too many to be kept. */
export function encodeSaid(entries: readonly Said[]): SaidIndex | null {
  if (entries.length > MOST_INDEXED) return null;
  const agents = new Map<string, number>();
  const lines = entries.map(({ key, role, agent, time, hasText, forPersona, toolCalls }) => {
    const place = agents.get(agent) ?? agents.size;
    agents.set(agent, place);
    const flags = (role === 'assistant' ? ASSISTANT : 0) + (hasText ? HAS_TEXT : 0) + (forPersona ? FOR_PERSONA : 0);
    let line = `${key} ${time} ${flags} ${place}`;
    for (const call of toolCalls) line += ` ${call - time}`;
    return line;
  });
  return { agents: [...agents.keys()], messages: lines.join('\n') };
}

/** What can't be one, because what is kept was damaged, is left out. */
export function decodeSaid({ agents, messages }: SaidIndex): Said[] {
  if (messages === '') return [];
  return messages.split('\n').flatMap((line): Said[] => {
    const [key = '', time, flags, place, ...calls] = line.split(' ');
    const [at, marks] = [Number(time), Number(flags)];
    const agent = agents[Number(place)];
    if (key === '' || agent === undefined || Number.isNaN(at) || Number.isNaN(marks)) return [];
    const role = (marks & ASSISTANT) > 0 ? 'assistant' : 'user';
    const toolCalls = calls.map((call) => at + (Number(call) || 0));
    return [
      { key, role, agent, time: at, hasText: (marks & HAS_TEXT) > 0, forPersona: (marks & FOR_PERSONA) > 0, toolCalls },
    ];
  });
}
