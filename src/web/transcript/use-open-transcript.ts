import { useEffect, useState } from 'react';
import type { OpenedTranscript } from '../../platform/browser/transcript-api.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { entriesInReach, reachKey } from '../memory/in-reach.ts';
import { usePlaces } from '../sources/places-store.ts';

/** A session, open as long as the screen is. Null while it is looked for; tried again when a source comes in reach. */
export function useOpenTranscript(sessionId: string): OpenedTranscript | null {
  const isKnown = usePlaces(({ places }) => places !== null);
  useWorkspace((view) => view.revision);
  const [found, setFound] = useState<{ readonly id: string; readonly outcome: OpenedTranscript } | null>(null);
  const outcome = found?.id === sessionId ? found.outcome : null;
  // what is open stays, whatever else is connected
  const reach = outcome?.ok === true ? 'open' : reachKey();
  useEffect(() => {
    if (!isKnown || reach === 'open') return undefined;
    let isWanted = true;
    const { transcripts } = client().ask;
    const open = async (): Promise<void> => {
      const opened = await transcripts.open(sessionId, await entriesInReach());
      if (isWanted) setFound({ id: sessionId, outcome: opened });
      else if (opened.ok) void transcripts.close(opened.key);
    };
    void open();
    return () => {
      isWanted = false;
    };
  }, [sessionId, reach, isKnown]);
  const key = outcome?.ok === true ? outcome.key : null;
  useEffect(() => {
    if (key === null) return undefined;
    clearTimeout(closing.get(key));
    closing.delete(key);
    const { transcripts } = client().ask;
    return () => {
      closing.set(
        key,
        setTimeout(() => void transcripts.close(key), CLOSE_AFTER_MS),
      );
    };
  }, [key]);
  return outcome;
}

/** A screen that comes back at once, as React has it in development, finds its session open. */
const CLOSE_AFTER_MS = 500;
const closing = new Map<number, ReturnType<typeof setTimeout>>();
