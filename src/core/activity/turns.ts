/**
 * Agent time. A turn runs from a prompt to the last agent activity before the next prompt, split at silences; an answer or a tool
 * that is running is no silence, however long it takes. What was done before the first prompt, or without one, counts from its
 * first moment.
 */
import type { Stretch } from '../model/activity.ts';
import { merged } from './stretches.ts';

/** Longer silences are nobody's time. */
export const SILENCE_MS = 15 * 60_000;

/**
 * The intervals of one session, by time.
 *
 * @param prompts ms, by time
 * @param activity answers and tool runs, in order and apart from each other
 */
export function turnsOf(prompts: readonly number[], activity: readonly Stretch[]): Stretch[] {
  const turns: Stretch[] = [];
  let next = 0;
  let open: { start: number; end: number } | null = null;
  const close = (): void => {
    if (open !== null && open.end > open.start) turns.push(open);
    open = null;
  };
  for (const { start, end } of activity) {
    let from = start;
    for (;;) {
      const prompt = prompts[next];
      if (prompt === undefined || prompt > end) break;
      if (prompt > from) open = grown(open, from, prompt, close);
      close();
      open = { start: prompt, end: prompt };
      from = Math.max(from, prompt);
      next += 1;
    }
    open = grown(open, from, end, close);
  }
  close();
  return turns;
}

type Open = { start: number; end: number };

/** The interval after more activity, or a new one when it was silent too long before. */
function grown(open: Open | null, start: number, end: number, close: () => void): Open {
  if (open !== null && start - open.end <= SILENCE_MS) {
    open.end = Math.max(open.end, end);
    return open;
  }
  close();
  return { start, end };
}

/**
 * The intervals of a conversation: those of the session and of its sub-agents laid over each other, so that waiting for a sub-agent and
 * its work count once. They are cut where a prompt came, and know which prompt was the last.
 *
 * @param prompts of the session, ms, by time
 */
export function folded(
  prompts: readonly number[],
  turns: readonly Stretch[],
): (Stretch & { readonly prompt: number })[] {
  const pieces: (Stretch & { prompt: number })[] = [];
  let next = 0;
  for (const { start, end } of merged(turns)) {
    while ((prompts[next] ?? Number.POSITIVE_INFINITY) <= start) next += 1;
    let from = start;
    for (let prompt = prompts[next]; prompt !== undefined && prompt < end; prompt = prompts[next]) {
      if (prompt > from) pieces.push({ start: from, end: prompt, prompt: next - 1 });
      from = prompt;
      next += 1;
    }
    if (end > from) pieces.push({ start: from, end, prompt: next - 1 });
  }
  return pieces;
}
