import { useEffect, useRef, useState } from 'react';
import type { Axis } from '../../core/timeline/axis.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';

/** The axis of a persona: at once without moments, then with them; made anew when what is kept changes. Null before the first. */
export function useAxis(persona: string): Axis | null {
  const revision = useWorkspace((view) => view.revision);
  const [axis, setAxis] = useState<Axis | null>(null);
  const isDrawn = useRef(false);
  useEffect(() => {
    let isWanted = true;
    const take = (found: Axis | null): void => {
      if (!isWanted || found === null) return;
      isDrawn.current = true;
      setAxis(found);
    };
    const ask = async (): Promise<void> => {
      const { timelines } = client().ask;
      if (!isDrawn.current) take(await timelines.axis(persona, false));
      if (isWanted) take(await timelines.axis(persona, true));
    };
    // a worker that was closed meanwhile never answers; the axis that was there stays
    ask().catch(() => undefined);
    return () => {
      isWanted = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- with each revision there may be more
  }, [persona, revision]);
  return axis;
}
