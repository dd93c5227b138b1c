import type { MessageRecord } from './records.ts';
import { headOf } from './utf8.ts';

/** Bodies are clipped to the largest of these (UTF-16 units) that makes everything fit. */
export const CLIP_STEPS: readonly number[] = [65_536, 16_384, 8_192, 4_096, 2_048, 1_024];
/** Only when even the minimum of each persona is too much do bodies become this short. */
export const SHORTEST_CLIP = 256;

/** A message with only the head of its body, and the length of the whole. */
export function clip(message: MessageRecord, units: number): MessageRecord {
  if (message.text.length <= units) return message;
  return { ...message, text: headOf(message.text, units), clippedFrom: message.clippedFrom ?? message.text.length };
}
