/** What is known of when something happened in a session. */
import type { CatalogRow, SessionTimes } from '../model/agent-session.ts';
import type { Message } from '../model/message.ts';
import { TICK_KINDS } from './axis.ts';

const HUMAN = TICK_KINDS.indexOf('human');
const TOOL = TICK_KINDS.indexOf('tool');

/** Sorted. */
export interface Moments {
  /** Prompts and tool calls, known of the whole history. */
  readonly times: Float64Array;
  /** Places in `TICK_KINDS`. */
  readonly kinds: Uint8Array;
  /** When an agent spoke, known of what is kept. */
  readonly replies: Float64Array;
}

/**
 * A fork begins with copies: they happened in the session they were copied from.
 *
 * @param kept what is kept of this session
 */
export function momentsOf(
  { fork, startTime }: Pick<CatalogRow, 'fork' | 'startTime'>,
  times: Pick<SessionTimes, 'userMessages' | 'toolCalls'> | undefined,
  kept: readonly Pick<Message, 'role' | 'time'>[],
): Moments {
  const isOwn = (time: number): boolean => !fork || time >= startTime;
  const timesOf = (role: Message['role']): number[] =>
    kept.filter((each) => each.role === role).map(({ time }) => time);
  const prompts = new Set([...(times?.userMessages ?? []), ...timesOf('user')]);
  const found = [...prompts].map((time) => ({ time, kind: HUMAN }));
  for (const time of times?.toolCalls ?? []) found.push({ time, kind: TOOL });
  const own = found.filter(({ time }) => isOwn(time)).sort((a, b) => a.time - b.time || a.kind - b.kind);
  return {
    times: Float64Array.from(own, ({ time }) => time),
    kinds: Uint8Array.from(own, ({ kind }) => kind),
    replies: Float64Array.from(timesOf('assistant').filter(isOwn)).sort(),
  };
}
