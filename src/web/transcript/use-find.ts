import { proxy } from 'comlink';
import { useEffect, useRef, useState } from 'react';
import type { Hit } from '../../core/transcript/find.ts';
import type { FindEvent } from '../../platform/browser/transcript-api.ts';
import { client } from '../app/workspace-store.ts';
import { reasonOf } from '../ui/reason.ts';

/** Looking begins when nothing was typed for so long, ms. */
const PAUSE_MS = 120;

export interface Found {
  readonly query: string;
  readonly hits: readonly Hit[];
  /** How often the text stands in the session, as far as was looked. */
  readonly count: number;
  /** Messages looked through, of all. */
  readonly done: number;
  readonly total: number;
  readonly isOver: boolean;
  /** Why it ended before it had looked through everything; '' when it did not. */
  readonly trouble: string;
}

/**
 * Looks through the whole session in the worker; what is found comes as it is found. Null while there is nothing to look for.
 *
 * @param onFirst hears of the first place as soon as there is one
 */
export function useFind(key: number, query: string, onFirst: (hit: Hit) => void): Found | null {
  const tellFirst = useRef(onFirst);
  useEffect(() => {
    tellFirst.current = onFirst;
  });
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    const { transcripts } = client().ask;
    let isWanted = true;
    const timer = setTimeout(() => {
      if (query.trim() === '') {
        setFound(null);
        return;
      }
      let isFirst = true;
      setFound({ query, hits: [], count: 0, done: 0, total: 0, isOver: false, trouble: '' });
      const onEvent = ({ hits, done, total }: FindEvent): void => {
        if (!isWanted) return;
        const [first] = hits;
        if (isFirst && first !== undefined) tellFirst.current(first);
        if (first !== undefined) isFirst = false;
        const more = hits.reduce((sum, hit) => sum + hit.count, 0);
        setFound((before) =>
          before === null
            ? null
            : { ...before, hits: [...before.hits, ...hits], count: before.count + more, done, total },
        );
      };
      void transcripts
        .find(key, query, proxy(onEvent))
        .then(() => '', reasonOf)
        .then(
          (trouble) =>
            isWanted && setFound((before) => (before === null ? null : { ...before, isOver: true, trouble })),
        );
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
      void transcripts.stop(key, 'find');
    };
  }, [key, query]);
  return found?.query === query ? found : null;
}
