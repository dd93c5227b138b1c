import type { Ref } from 'react';
import { useCallback, useImperativeHandle, useRef, useState } from 'react';
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
  const [hasMoved, setHasMoved] = useState(false);
  const note = (): void => setHasMoved(true);

  const go = useCallback(
    (to: number, align?: 'center') => {
      setFromEnd(total - to);
      setHasMoved(true);
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

  const content = (index: number) => <Row rows={rows} at={index} isMarked={index === cursor} />;
  const place = rememberedPlace(sessionId, total);
  const { ensure, isWhole } = rows;
  // when the messages before have come the list is made anew, where it was: at its end for most
  const [topFromEnd, setTopFromEnd] = useState(1);
  const beginning =
    at !== null
      ? startingAt(at, 'center')
      : place !== undefined
        ? { restoreStateFrom: place }
        : hasMoved
          ? startingAt(total - topFromEnd, 'start')
          : startingAt(total - 1, 'end');
  return (
    <Virtuoso
      key={total}
      ref={list}
      className={styles.list ?? ''}
      totalCount={total}
      {...beginning}
      scrollerRef={(element) => {
        scroller.current = element instanceof HTMLElement ? element : null;
      }}
      increaseViewportBy={OVERSCAN}
      onWheel={note}
      onTouchMove={note}
      onPointerDown={note}
      onKeyDown={note}
      isScrolling={(isMoving) => {
        if (!isMoving && isWhole) list.current?.getState((state) => rememberPlace(sessionId, total, state));
      }}
      rangeChanged={({ startIndex, endIndex }) => {
        ensure(startIndex - AHEAD, endIndex + AHEAD);
        if (!isWhole) setTopFromEnd(total - startIndex);
      }}
      computeItemKey={(index) => rowAt(index)?.id ?? index}
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

function startingAt(index: number, align: 'start' | 'center' | 'end') {
  return { initialTopMostItemIndex: { index, align } } as const;
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
