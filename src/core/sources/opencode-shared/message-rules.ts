/** What every generation of OpenCode's message JSON means, whether it stands in a row, a file of its own or an export. */
import type { JsonObject } from '../opencode-db/json.ts';
import { isObject, stringOf } from '../opencode-db/json.ts';
import { isMoment } from '../moment.ts';
import { TOKEN_KEYS, tokenUse } from './token-use.ts';
import type { MessageHead } from '../source.ts';
import type { WantedKeys } from '../sparse-json.ts';

/** All that {@link messageHead} looks at. */
export const HEAD_KEYS: WantedKeys = {
  role: 'value',
  agent: 'value',
  mode: 'value',
  time: { created: 'value', completed: 'value' },
  summary: 'value',
  error: 'value',
  ...TOKEN_KEYS,
};

/** What is known of a message beside its JSON. */
export interface MessagePlace {
  readonly id: string;
  readonly sessionId: string;
  /** ms; where the store says it beside the JSON, that counts. */
  readonly created?: number | null;
  /** ms; default is when the message was completed. */
  readonly updated?: number | null;
}

/** The head of a message, or why there is none. */
export function messageHead(data: JsonObject, place: MessagePlace): MessageHead | string {
  const role = data['role'];
  if (role !== 'user' && role !== 'assistant')
    return `its role is unknown${typeof role === 'string' ? `, "${role}"` : ''}`;
  const times = isObject(data['time']) ? data['time'] : {};
  const time = place.created ?? timeOf(times['created']);
  if (time === null) return 'it has no time';
  const completed = timeOf(times['completed']);
  return {
    id: place.id,
    sessionId: place.sessionId,
    role,
    agent: agentOf(data),
    time,
    updated: Math.max(time, (place.updated === undefined ? completed : place.updated) ?? time),
    summary: role === 'assistant' && data['summary'] === true,
    finished: role === 'user' || completed !== null || isObject(data['error']),
    end: role === 'user' || completed === null ? undefined : Math.max(time, completed),
    use: role === 'user' ? undefined : (tokenUse(data) ?? undefined),
  };
}

/** The folder an assistant message was written in, or null. */
export function workingFolder(data: JsonObject): string | null {
  const path = isObject(data['path']) ? data['path'] : {};
  const cwd = stringOf(path['cwd']);
  return cwd === '' ? null : cwd;
}

/** A time in ms, or null for what can't be one. */
export function timeOf(value: unknown): number | null {
  return isMoment(value) ? value : null;
}

/** Agent, else mode, else `build`, lower-cased. */
export function agentOf(data: JsonObject): string {
  for (const named of [data['agent'], data['mode']]) {
    const agent = stringOf(named)?.trim().toLowerCase();
    if (agent !== undefined && agent !== '') return agent;
  }
  return 'build';
}
