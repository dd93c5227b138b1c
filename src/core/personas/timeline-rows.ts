import type { TimelineRow } from '../model/views.ts';
import type { MessageRecord } from '../state/records.ts';

/** Title and project of a session, for its divider. */
export type SessionLabel = (sessionId: string) => { title: string; projectName: string };

/**
 * A persona's conversation as lines: a divider where the local day changes and one where the session does, then the
 * messages, oldest first.
 *
 * @param timeZone IANA name
 */
export function timelineRows(messages: readonly MessageRecord[], label: SessionLabel, timeZone: string): TimelineRow[] {
  const dayOf = dayFormatter(timeZone);
  const rows: TimelineRow[] = [];
  let day = '';
  let session = '';
  for (const message of messages) {
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
    rows.push(messageRow(message));
  }
  return rows;
}

function messageRow(message: MessageRecord): TimelineRow {
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
