import { useCallback, useEffect, useState } from 'react';
import { problem } from '../../core/model/problem.ts';
import type { OpenedTranscript } from '../../platform/browser/transcript-api.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { entriesInReach, reachKey } from '../memory/in-reach.ts';
import { usePlaces } from '../sources/places-store.ts';
import { reasonOf } from '../ui/reason.ts';

export interface OpeningTranscript {
  /** Null while it is looked for. */
  readonly outcome: OpenedTranscript | null;
  readonly tryAgain: () => void;
  /** Opens it as it is now; what is open stays until then. */
  readonly renew: () => void;
}

interface Found {
  readonly id: string;
  readonly attempt: number;
  readonly outcome: OpenedTranscript;
}

/** A session, open as long as the screen is. Tried again when a source comes in reach. */
export function useOpenTranscript(sessionId: string): OpeningTranscript {
  const isKnown = usePlaces(({ places }) => places !== null);
  useWorkspace((view) => view.revision);
  const [found, setFound] = useState<Found | null>(null);
  const [attempt, setAttempt] = useState(0);
  const outcome = found?.id === sessionId && found.attempt === attempt ? found.outcome : null;
  // what is open stays, whatever else is connected
  const reach = outcome?.ok === true ? 'open' : reachKey();
  useEffect(() => {
    if (!isKnown || reach === 'open') return undefined;
    let isWanted = true;
    const open = async (): Promise<void> => {
      const opened = await openTranscript(sessionId);
      if (isWanted) setFound({ id: sessionId, attempt, outcome: opened });
      else if (opened.ok) void client().ask.transcripts.close(opened.key);
    };
    void open();
    return () => {
      isWanted = false;
    };
  }, [sessionId, reach, isKnown, attempt]);
  const [renewals, setRenewals] = useState(0);
  useEffect(() => {
    if (renewals === 0) return undefined;
    let isWanted = true;
    const open = async (): Promise<void> => {
      const opened = await openTranscript(sessionId);
      if (!opened.ok) return;
      if (isWanted) setFound({ id: sessionId, attempt, outcome: opened });
      else void client().ask.transcripts.close(opened.key);
    };
    void open();
    return () => {
      isWanted = false;
    };
  }, [sessionId, attempt, renewals]);
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
  const tryAgain = useCallback(() => setAttempt((times) => times + 1), []);
  const renew = useCallback(() => setRenewals((times) => times + 1), []);
  return { outcome, tryAgain, renew };
}

/** Opens a session from what is in reach. Whoever opens it closes it. */
export async function openTranscript(sessionId: string): Promise<OpenedTranscript> {
  try {
    return await client().ask.transcripts.open(sessionId, await entriesInReach());
  } catch (error) {
    const text = `The session could not be opened: ${reasonOf(error)}`;
    return { ok: false, problem: problem('internal', 'error', '', text) };
  }
}

/** A screen that comes back at once, as React has it in development, finds its session open. */
const CLOSE_AFTER_MS = 500;
const closing = new Map<number, ReturnType<typeof setTimeout>>();
