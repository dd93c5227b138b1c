import { useDeferredValue } from 'react';
import type { TranscriptMessage } from '../../core/model/transcript.ts';
import { rowsInSight } from '../persona/in-sight.ts';
import { useKeys } from '../ui/use-keys.ts';
import styles from './message.module.css';
import { MessageRow } from './message-row.tsx';

/** Messages that fill most screens: these are painted first. */
const FIRST = 10;
/** px: less is no scrolling. */
const AT_END = 8;

interface NewestScreenProps {
  readonly newest: readonly TranscriptMessage[];
  /** Which message is the first in sight, counted from the end; null: the reader is at the end. Infinity: the first of all is asked for. */
  readonly onMove: (topFromEnd: number | null) => void;
}

/** The end of a session, painted at once: a list that draws only what is in sight takes longer to find its place. */
export function NewestScreen({ newest, onMove }: NewestScreenProps) {
  const count = useDeferredValue(newest.length, Math.min(FIRST, newest.length));
  const { length } = newest;
  useKeys({ Home: () => onMove(Number.POSITIVE_INFINITY), End: () => onMove(null) });
  const places = Array.from({ length: count }, (_, at) => length - count + at);
  return (
    <div
      className={styles.newest}
      data-newest
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: list }) => {
        const isAtEnd = Math.abs(list.scrollTop) < AT_END;
        onMove(isAtEnd ? null : length - (rowsInSight(list)?.first ?? length - 1));
      }}
    >
      <div>
        {places.map((at) => (
          <div key={newest[at]?.id} data-index={at}>
            <MessageRow rowAt={(place) => newest[place]} at={at} isMarked={false} />
          </div>
        ))}
        <div className={styles.foot} />
      </div>
    </div>
  );
}
