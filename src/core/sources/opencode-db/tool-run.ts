/** When a tool ran stands at the end of its part, as far as it is written the usual way: there it is found without decoding what came of it. */
import type { Stretch } from '../../model/activity.ts';
import { isAt } from '../is-at.ts';
import { stretchOf } from '../opencode-shared/part-rules.ts';

const encoder = new TextEncoder();
const TIME = encoder.encode('"time":{"start":');
const END = encoder.encode(',"end":');
const TAIL = encoder.encode('}}}');
const ZERO = 0x30;
const NINE = 0x39;
/** Behind the start: two times in ms, and what stands between and after them. */
const BEHIND = 13 + END.length + 13 + TAIL.length;

/** Its run, null when it has none, or `unknown`: have it parsed. */
export function runAtSight(bytes: Uint8Array): Stretch | null | 'unknown' {
  const at = bytes.length - BEHIND - TIME.length;
  if (at < 0 || !isAt(bytes, at, TIME)) return 'unknown';
  const startAt = at + TIME.length;
  const endAt = startAt + 13 + END.length;
  if (!isAt(bytes, startAt + 13, END) || !isAt(bytes, bytes.length - TAIL.length, TAIL)) return 'unknown';
  const [start, end] = [digits(bytes, startAt), digits(bytes, endAt)];
  return start === null || end === null ? 'unknown' : stretchOf(start, end);
}

/** Thirteen of them: a time in ms of this age. */
function digits(bytes: Uint8Array, at: number): number | null {
  let number = 0;
  for (let i = at; i < at + 13; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < ZERO || byte > NINE) return null;
    number = number * 10 + byte - ZERO;
  }
  return number;
}
