import { useEffect, useRef, useState } from 'react';
import type { AgentSession } from '../../core/model/agent-session.ts';
import { client } from '../app/workspace-store.ts';
import { openTranscript } from './use-open-transcript.ts';

/**
 * How many messages the session has by now beside those that are shown: looked at whenever the catalog says that it went on.
 *
 * @param session as the catalog has it; null: it does not know it
 * @param total messages that are shown; null: not known yet
 */
export function useGrowth(session: AgentSession | null, total: number | null): number {
  const [found, setFound] = useState(0);
  const mark = session === null ? null : `${session.messageCount} ${session.endTime ?? ''}`;
  /** What the catalog said when it was looked into last. */
  const looked = useRef(mark);
  const id = session?.sessionId ?? '';
  useEffect(() => {
    if (mark === null || total === null) return undefined;
    // what was opened is as new as the first word of the catalog
    looked.current ??= mark;
    if (looked.current === mark) return undefined;
    looked.current = mark;
    let isWanted = true;
    // where it can't be read now, the next change of the catalog looks again
    countNow(id).then(
      (count) => isWanted && setFound(count),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [mark, total, id]);
  return total === null ? 0 : Math.max(0, found - total);
}

async function countNow(sessionId: string): Promise<number> {
  const opened = await openTranscript(sessionId);
  if (!opened.ok) return 0;
  const { transcripts } = client().ask;
  try {
    return (await transcripts.page(opened.key, 0, 0)).total;
  } finally {
    void transcripts.close(opened.key);
  }
}
