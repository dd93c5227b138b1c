/** What every generation of OpenCode's part JSON means. */
import type { JsonObject } from '../opencode-db/json.ts';
import { isObject } from '../opencode-db/json.ts';
import { timeOf } from './message-rules.ts';

/** The text a part adds to its message: of text parts that are not synthetic, not ignored and not blank. Else null. */
export function spokenText(data: JsonObject): string | null {
  if (data['type'] !== 'text' || data['synthetic'] || data['ignored']) return null;
  const text = data['text'];
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}

/** When a tool was called, ms; null when the part does not say: a call that is pending has no time. */
export function toolStart(data: JsonObject): number | null {
  const state = isObject(data['state']) ? data['state'] : {};
  const time = isObject(state['time']) ? state['time'] : {};
  return timeOf(time['start']);
}
