import type { RefObject } from 'react';
import { useCallback, useEffect, useRef } from 'react';
import type { TimelineRow } from '../../core/model/views.ts';
import type { RowPages } from '../ui/row-pages.ts';
import { rowsInSight } from './in-sight.ts';
import type { ReadingPlace } from './reading-place.ts';

/** Tells, once a frame at most, from when the lines in sight are. To be called when they may have changed. */
export function useSight(
  scroller: RefObject<HTMLElement | null>,
  pages: RowPages<TimelineRow>,
  place: ReadingPlace,
): () => void {
  const frame = useRef(0);
  const latest = useRef(pages);
  useEffect(() => {
    latest.current = pages;
  });
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return useCallback(() => {
    if (frame.current !== 0) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      const seen = rowsInSight(scroller.current);
      const from = seen === null ? undefined : latest.current.rowAt(seen.first)?.time;
      const to = seen === null ? undefined : latest.current.rowAt(seen.last)?.time;
      if (from !== undefined && to !== undefined) place.saw({ from, to });
    });
  }, [scroller, place]);
}
