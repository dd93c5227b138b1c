/** What OpenCode's session JSON means, in a file of its own or an export. */
import type { JsonObject } from '../opencode-db/json.ts';
import { isObject, stringOf } from '../opencode-db/json.ts';
import type { SessionHead } from '../source.ts';
import { timeOf } from './message-rules.ts';

export interface SessionReading {
  /** Its directory is empty when the session does not say one: those of 0.5 and before. */
  readonly head: SessionHead;
  /** False when a time is missing or can't be. */
  readonly timesKnown: boolean;
}

/** @param id what it is called when the JSON does not say */
export function sessionHead(data: JsonObject, id: string): SessionReading {
  const time = isObject(data['time']) ? data['time'] : {};
  const revert = isObject(data['revert']) ? data['revert'] : {};
  const created = timeOf(time['created']);
  const updated = timeOf(time['updated']);
  const head = {
    id: named(data['id']) ?? id,
    parentId: named(data['parentID']),
    title: stringOf(data['title']) ?? '',
    directory: stringOf(data['directory']) ?? '',
    timeCreated: created ?? updated ?? 0,
    timeUpdated: updated ?? created ?? 0,
    archived: (timeOf(time['archived']) ?? 0) > 0,
    revertedFrom: named(revert['messageID']),
  };
  return { head, timesKnown: created !== null && updated !== null };
}

/** An id, or null for what can't be one. */
export function named(value: unknown): string | null {
  const text = stringOf(value);
  return text === null || text.trim() === '' ? null : text;
}
