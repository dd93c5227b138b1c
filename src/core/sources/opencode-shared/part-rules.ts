/** What every generation of OpenCode's part JSON means. */
import type { JsonObject } from '../opencode-db/json.ts';
import { isObject } from '../opencode-db/json.ts';
import type { Stretch } from '../../model/activity.ts';
import { timeOf } from './message-rules.ts';

/** The text a part adds to its message: of text parts that are not synthetic, not ignored and not blank. Else null. */
export function spokenText(data: JsonObject): string | null {
  if (data['type'] !== 'text' || data['synthetic'] || data['ignored']) return null;
  const text = data['text'];
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}

/** When a tool was called, ms; null when the part does not say: a call that is pending has no time. */
export function toolStart(data: JsonObject): number | null {
  return timeOf(stateTime(data)['start']);
}

/** From when to when a tool ran; null unless both are recorded. */
export function toolRun(data: JsonObject): Stretch | null {
  const time = stateTime(data);
  return stretchOf(time['start'], time['end']);
}

/** Null for what can't be one. */
export function stretchOf(from: unknown, to: unknown): Stretch | null {
  const [start, end] = [timeOf(from), timeOf(to)];
  return start === null || end === null || end < start ? null : { start, end };
}

function stateTime(data: JsonObject): JsonObject {
  const state = isObject(data['state']) ? data['state'] : {};
  return isObject(state['time']) ? state['time'] : {};
}
