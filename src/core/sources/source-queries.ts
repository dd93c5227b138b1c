/** What an import and the archive ask of a source, the same for every format. */
import type { SessionHead, Source, SourceMessage } from './source.ts';

/** Sessions that changed at `since` or later (ms), sub-agents' included; all when it is null. In the order of the source. */
export async function getSessionsUpdatedSince(
  source: Source,
  since: number | null,
  signal: AbortSignal,
): Promise<SessionHead[]> {
  const { heads } = await source.sessions(signal);
  return since === null ? heads : heads.filter(({ timeUpdated }) => timeUpdated >= since);
}

/**
 * Top-level sessions that changed last after `from` and not after `to` (ms), the oldest first.
 *
 * @param from null: from the first on
 */
export async function getSessionsInRange(
  source: Source,
  from: number | null,
  to: number,
  signal: AbortSignal,
): Promise<SessionHead[]> {
  const { heads } = await source.sessions(signal);
  return heads
    .filter(
      ({ parentId, timeUpdated }) => parentId === null && timeUpdated <= to && (from === null || timeUpdated > from),
    )
    .sort((a, b) => a.timeUpdated - b.timeUpdated || (a.id < b.id ? -1 : 1));
}

/** Every user and assistant message of a session with its whole text, in the order of the conversation. */
export async function getMessagesForSession(
  source: Source,
  sessionId: string,
  signal: AbortSignal,
): Promise<SourceMessage[]> {
  return (await source.messages(sessionId, signal)).messages;
}
