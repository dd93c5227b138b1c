import type { TimelineRow } from '../model/views.ts';
import type { MessageRecord } from '../state/records.ts';

/** What a divider and the folding of forks need to know of a session. */
export type SessionLabel = (sessionId: string) => { title: string; projectName: string; fork: boolean };

/**
 * A persona's conversation as lines: a divider where the local day changes and one where the session does, then the
 * messages, oldest first. A fork's copy of a message stands with the message it copies, not as a line of its own.
 *
 * @param timeZone IANA name
 */
export function timelineRows(messages: readonly MessageRecord[], label: SessionLabel, timeZone: string): TimelineRow[] {
  const dayOf = dayFormatter(timeZone);
  const rows: TimelineRow[] = [];
  let day = '';
  let session = '';
  const copies = copiesByOriginal(messages, label);
  const folded = new Set([...copies.values()].flat());
  for (const message of messages) {
    if (folded.has(message)) continue;
    const messageDay = dayOf(message.time);
    if (messageDay !== day) {
      day = messageDay;
      rows.push({ kind: 'day', key: `day ${day} ${message.id}`, time: message.time });
      session = '';
    }
    if (message.sessionId !== session) {
      session = message.sessionId;
      rows.push({
        kind: 'session',
        key: `session ${message.id}`,
        sessionId: session,
        ...label(session),
        time: message.time,
      });
    }
    const alsoIn = (copies.get(message) ?? []).map((copy) => copy.sessionId);
    rows.push(messageRow(message, alsoIn));
  }
  return rows;
}

/** Forks copy messages with new ids and the same times: the copies of each message, under it. */
export function copiesByOriginal(
  messages: readonly MessageRecord[],
  label: (sessionId: string) => { readonly fork: boolean },
): Map<MessageRecord, MessageRecord[]> {
  const originals = new Map<string, MessageRecord>();
  const sameAs = (message: MessageRecord): string => `${message.time} ${message.role} ${message.text}`;
  for (const message of messages) if (!label(message.sessionId).fork) originals.set(sameAs(message), message);
  const copies = new Map<MessageRecord, MessageRecord[]>();
  for (const message of messages) {
    if (!label(message.sessionId).fork) continue;
    const original = originals.get(sameAs(message));
    if (original === undefined) originals.set(sameAs(message), message);
    else copies.set(original, [...(copies.get(original) ?? []), message]);
  }
  return copies;
}

function messageRow(message: MessageRecord, alsoIn: readonly string[]): TimelineRow {
  const { id, sessionId, role, time, text, clippedFrom, flags, injected } = message;
  return {
    kind: 'message',
    key: id,
    id,
    sessionId,
    role,
    time,
    text,
    clippedFrom: clippedFrom ?? null,
    flags,
    injected,
    alsoIn,
  };
}

/** `2026-11-21` in a time zone. Formatting is slow and days are long: the last answer serves until its UTC hour ends. */
function dayFormatter(timeZone: string): (time: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  let lastQuarter = Number.NaN;
  let lastDay = '';
  return (time) => {
    const quarter = Math.floor(time / QUARTER_HOUR_MS);
    if (quarter !== lastQuarter) {
      lastQuarter = quarter;
      lastDay = format.format(time);
    }
    return lastDay;
  };
}

/** No time zone changes its day inside a quarter of an hour. */
const QUARTER_HOUR_MS = 900_000;
