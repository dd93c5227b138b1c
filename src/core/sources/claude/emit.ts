/** Passes what was read on to whom it is for. */
import type { MessageHead, Reading, SourceMessage } from '../source.ts';
import { chainOrder } from './chain-order.ts';
import type { DraftMessage } from './draft-message.ts';
import type { FinishedSession, TimedMessage } from './finished.ts';
import type { PassResult } from './pass.ts';
import type { Scanned } from './scan.ts';

/** Tells the sessions of one file, with their messages; texts only where they are held. */
export function tellReading(sessions: readonly FinishedSession[], { draft, known }: Scanned, reading: Reading): void {
  for (const session of sessions) {
    reading.session?.(session.head);
    if (known !== null) reading.continued?.(session.head.id);
    const sessionId = session.head.id;
    for (const timed of session.messages) {
      const { message, time } = timed;
      reading.message(headOf(session, timed, draft.unfinished));
      message.texts.forEach((text, index) => tellText(reading, sessionId, message, text, index));
      for (const called of message.toolTimes)
        reading.toolCall({ messageId: message.id, sessionId, time: called ?? time });
    }
  }
}

export function tellText(reading: Reading, sessionId: string, { id }: DraftMessage, text: string, index: number): void {
  reading.text({ messageId: id, sessionId, partId: `${id}:${String(index).padStart(6, '0')}`, text });
}

/** The messages of one of these sessions as a conversation. Empty when it is none of them. */
export function toTranscript({ draft, sessions }: PassResult, sessionId: string): SourceMessage[] {
  const session = sessions.find(({ head }) => head.id === sessionId);
  if (session === undefined) return [];
  const places = chainOrder(draft.links);
  const placeOf = ({ message }: TimedMessage): number => places[message.place] ?? message.place;
  return session.messages
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((timed) => ({
      ...headOf(session, timed, draft.unfinished),
      text: timed.message.texts.join('\n\n'),
      reverted: false,
    }));
}

function headOf(session: FinishedSession, timed: TimedMessage, unfinished: DraftMessage | null): MessageHead {
  const { message, time, updated } = timed;
  return {
    id: message.id,
    sessionId: session.head.id,
    role: message.role,
    agent: session.agent,
    time,
    updated,
    summary: false,
    finished: message !== unfinished,
    ...(message.role === 'user'
      ? { byPerson: true }
      : { end: Math.max(updated, message.answered ?? updated), use: message.use ?? undefined }),
  };
}
