/** How a place on the axis is said. */
import type { ItemKind } from '../../core/model/item.ts';
import type { AxisSession } from '../../core/timeline/timeline-views.ts';
import { clock, counted, date, duration, exact, number } from '../ui/format.ts';

/** `21 Nov 2026, 10:02 – 11:40`, with both days where there are two. */
export function sessionSpan(start: number, end: number, isEndKnown: boolean): string {
  const begin = `${date(start)}, ${clock(start)}`;
  if (!isEndKnown || end === start) return begin;
  return date(start) === date(end) ? `${begin} – ${clock(end)}` : `${begin} – ${date(end)}, ${clock(end)}`;
}

export function keptWords({ messages, kept }: AxisSession): string {
  return kept === 0
    ? `${counted(messages, 'message')}, none kept`
    : `${counted(messages, 'message')}, ${number(kept)} kept`;
}

/** Everything about a session in one sentence, for who hears it. */
export function sessionSentence(told: AxisSession): string {
  const { title, projectName, start, end, isEndKnown, isSubagent, marks } = told;
  const length = isEndKnown && end > start ? [duration(end - start)] : [];
  return [
    title,
    ...(isSubagent ? ['sub-agent'] : []),
    projectName,
    exact(start),
    ...length,
    keptWords(told),
    ...(marks > 0 ? [counted(marks, 'mark')] : []),
  ].join(', ');
}

export const MARK_NAMES: Readonly<Record<ItemKind, string>> = {
  fact: 'Fact',
  trait: 'Trait',
  person: 'Person',
  topic: 'Topic',
  quote: 'Quote',
};

/** Where its transcript is read. */
export function transcriptPath(sessionId: string, messageId: string | null): string {
  const message = messageId === null ? '' : `?message=${encodeURIComponent(messageId)}`;
  return `/sessions/${encodeURIComponent(sessionId)}${message}`;
}
