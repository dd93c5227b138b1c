import type { Ref } from 'react';
import { useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import { Virtuoso } from 'react-virtuoso';
import type { TranscriptMessage } from '../../core/model/transcript.ts';
import { rowsInSight } from '../persona/in-sight.ts';
import { rememberedPlace, rememberPlace } from '../persona/places.ts';
import { longDay } from '../ui/format.ts';
import { useKeys } from '../ui/use-keys.ts';
import styles from './message.module.css';
import { MessageView } from './message-view.tsx';
import type { Rows } from './use-rows.ts';
import { isFolded, partKey, setFolds, useTranscript } from './transcript-view.tsx';

/** Rows loaded before they come into sight. */
const AHEAD = 60;
/** Rows rendered before they come into sight, px. */
const OVERSCAN = 600;
/** So near the end a person looks at the end, px. */
const AT_END = 60;
/** The list is counted from its end, so that what comes before can come later: more messages than any session has. */
const END = 100_000_000;

export interface ListHandle {
  /** Brings a message into sight and marks it. */
  show(at: number): void;
  readonly element: HTMLElement | null;
}

interface MessageListProps {
  readonly rows: Rows;
  /** The message to begin at, marked. Null: where the reader was, or at the end. */
  readonly at: number | null;
  readonly ref: Ref<ListHandle>;
}

/** The messages of a session, its newest first on the screen; the others come as they are looked at. */
export function MessageList({ rows, at, ref }: MessageListProps) {
  const { store, sessionId } = useTranscript();
  const list = useRef<VirtuosoHandle>(null);
  const scroller = useRef<HTMLElement>(null);
  const { total, rowAt } = rows;
  // from the end as well: it stays the same message when those before it come
  const [fromEnd, setFromEnd] = useState<number | null>(at === null ? null : total - at);
  const cursor = fromEnd === null ? null : total - fromEnd;

  const go = useCallback(
    (to: number, align?: 'center') => {
      setFromEnd(total - to);
      if (align === undefined) list.current?.scrollIntoView({ index: to, behavior: 'auto' });
      else list.current?.scrollToIndex({ index: to, align });
    },
    [total],
  );
  useImperativeHandle(
    ref,
    () => ({
      show: (to) => go(to, 'center'),
      get element() {
        return scroller.current;
      },
    }),
    [go],
  );
  const step = (by: 1 | -1) => () => {
    const seen = rowsInSight(scroller.current);
    const { first, last } = seen ?? { first: 0, last: total - 1 };
    const isInSight = cursor !== null && cursor >= first && cursor <= last;
    let to = isInSight ? cursor + by : by > 0 ? first : last;
    while (isNothing(rowAt(to))) to += by;
    if (rowAt(to) !== undefined) go(to);
  };
  const fold = (): void => {
    const message = cursor === null ? undefined : rowAt(cursor);
    if (message === undefined) return;
    const keys = message.parts.filter(isFolded).map(({ id }) => partKey(message.id, id));
    const isAnyShut = keys.some((key) => !store.getState().parts.has(key));
    setFolds(store, keys, isAnyShut);
  };
  const jump = (to: number) => () => {
    setFromEnd(total - to);
    list.current?.scrollToIndex({ index: to, align: to === 0 ? 'start' : 'end' });
  };
  useKeys({ j: step(1), k: step(-1), Enter: fold, Home: jump(0), End: jump(total - 1) });

  const first = END - total;
  const content = (index: number) => <Row rows={rows} at={index - first} isMarked={index - first === cursor} />;
  const place = rememberedPlace(sessionId, total);
  const beginning =
    at !== null
      ? ({ initialTopMostItemIndex: { index: at, align: 'center' } } as const)
      : place === undefined
        ? ({ initialTopMostItemIndex: { index: total - 1, align: 'end' } } as const)
        : { restoreStateFrom: place };
  const { ensure, isWhole } = rows;
  const isAtEnd = useRef(at === null && place === undefined);
  // the heights of what comes before are not known yet: whoever looks at the end stays there
  useEffect(() => {
    if (isWhole && isAtEnd.current) list.current?.scrollToIndex({ index: total - 1, align: 'end' });
  }, [isWhole, total]);
  return (
    <Virtuoso
      ref={list}
      className={styles.list ?? ''}
      totalCount={total}
      firstItemIndex={first}
      {...beginning}
      scrollerRef={(element) => {
        scroller.current = element instanceof HTMLElement ? element : null;
      }}
      increaseViewportBy={OVERSCAN}
      atBottomThreshold={AT_END}
      atBottomStateChange={(isThere) => {
        if (isThere || isWhole) isAtEnd.current = isThere;
      }}
      isScrolling={(isMoving) => {
        if (!isMoving && isWhole) list.current?.getState((state) => rememberPlace(sessionId, total, state));
      }}
      rangeChanged={({ startIndex, endIndex }) => ensure(startIndex - first - AHEAD, endIndex - first + AHEAD)}
      computeItemKey={(index) => rowAt(index - first)?.id ?? index}
      itemContent={content}
      components={COMPONENTS}
    />
  );
}

function Row({ rows: { rowAt }, at, isMarked }: { rows: Rows; at: number; isMarked: boolean }) {
  const message = rowAt(at);
  if (message === undefined) return <div className={styles.waiting} />;
  const before = rowAt(at - 1);
  const isDay = at === 0 || (before !== undefined && dayOf(before) !== dayOf(message));
  const isContinued = !isDay && before?.role === message.role && before.agent === message.agent;
  return (
    <div className={styles.inner}>
      {isDay && message.time > 0 && <h2 className={styles.day}>{longDay(message.time)}</h2>}
      <MessageView message={message} isMarked={isMarked} isContinued={isContinued} />
    </div>
  );
}

function isNothing(message: TranscriptMessage | undefined): boolean {
  return message !== undefined && message.parts.every(({ kind }) => kind === 'hidden');
}

function dayOf({ time }: TranscriptMessage): string {
  return new Date(time).toDateString();
}

function Foot() {
  return <div className={styles.foot} />;
}

const COMPONENTS = { Footer: Foot };
