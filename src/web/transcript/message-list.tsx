import type { Ref, RefObject } from 'react';
import { useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import { Virtuoso } from 'react-virtuoso';
import type { TranscriptMessage } from '../../core/model/transcript.ts';
import { rowsInSight } from '../persona/in-sight.ts';
import { rememberedPlace, rememberPlace } from '../persona/places.ts';
import { useKeys } from '../ui/use-keys.ts';
import styles from './message.module.css';
import { MessageRow } from './message-row.tsx';
import type { Rows } from './use-rows.ts';
import { isFolded, partKey, setFolds, useTranscript } from './transcript-view.tsx';

/** Rows loaded before they come into sight. */
const AHEAD = 60;
/** Rows rendered before they come into sight, px. */
const OVERSCAN = 600;
/** px from the end that are still the end. */
const NEAR_END = 24;

export interface ListHandle {
  /** Brings a message into sight and marks it. */
  show(at: number): void;
  readonly element: HTMLElement | null;
}

interface MessageListProps {
  readonly rows: Rows;
  /** The message to begin at, marked. Null: where the reader was, or at the end. */
  readonly at: number | null;
  /** Which message the reader has scrolled to before the list was there, counted from the end: see {@link NewestScreen}. */
  readonly topFromEnd: number | null;
  /** The list has found its place and is on the screen. */
  readonly onShown: () => void;
  /** The reader came to the end, or left it. */
  readonly onAtEnd: (isAtEnd: boolean) => void;
  readonly ref: Ref<ListHandle>;
}

/** All messages of a session; they come as they are looked at. */
export function MessageList({ rows, at, topFromEnd, onShown, onAtEnd, ref }: MessageListProps) {
  const { store, sessionId } = useTranscript();
  const list = useRef<VirtuosoHandle>(null);
  const scroller = useRef<HTMLElement>(null);
  const { total, rowAt } = rows;
  const [began] = useState(topFromEnd);
  const [cursor, setCursor] = useState(at);

  const go = useCallback((to: number, align?: 'center') => {
    setCursor(to);
    if (align === undefined) list.current?.scrollIntoView({ index: to, behavior: 'auto' });
    else list.current?.scrollToIndex({ index: to, align });
  }, []);
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
    setCursor(to);
    list.current?.scrollToIndex({ index: to, align: to === 0 ? 'start' : 'end' });
  };
  useKeys({ j: step(1), k: step(-1), Enter: fold, Home: jump(0), End: jump(total - 1) });

  useShown(scroller, () => {
    if (topFromEnd === Number.POSITIVE_INFINITY) setCursor(0);
    if (topFromEnd !== began) list.current?.scrollToIndex(placeFromEnd(total, topFromEnd));
    onShown();
  });
  const content = (index: number) => <MessageRow rowAt={rowAt} at={index} isMarked={index === cursor} />;
  const place = rememberedPlace(sessionId, total);
  const { ensure } = rows;
  const beginning =
    at !== null
      ? startingAt({ index: at, align: 'center' })
      : place !== undefined && began === null
        ? { restoreStateFrom: place }
        : startingAt(placeFromEnd(total, began));
  return (
    <Virtuoso
      ref={list}
      className={styles.list ?? ''}
      totalCount={total}
      {...beginning}
      scrollerRef={(element) => {
        scroller.current = element instanceof HTMLElement ? element : null;
      }}
      increaseViewportBy={OVERSCAN}
      atBottomStateChange={onAtEnd}
      atBottomThreshold={NEAR_END}
      followOutput={(isAtEnd) => isAtEnd && 'auto'}
      isScrolling={(isMoving) => {
        if (!isMoving) list.current?.getState((state) => rememberPlace(sessionId, total, state));
      }}
      rangeChanged={({ startIndex, endIndex }) => ensure(startIndex - AHEAD, endIndex + AHEAD)}
      computeItemKey={(index) => rowAt(index)?.id ?? index}
      itemContent={content}
      components={COMPONENTS}
    />
  );
}

function startingAt(place: Beginning) {
  return { initialTopMostItemIndex: place } as const;
}

interface Beginning {
  readonly index: number;
  readonly align: 'start' | 'center' | 'end';
}

function placeFromEnd(total: number, topFromEnd: number | null): Beginning {
  if (topFromEnd === null) return { index: total - 1, align: 'end' };
  return { index: Math.max(0, total - topFromEnd), align: 'start' };
}

/** Tells once when the list has found its place: until then it is there and hidden. */
function useShown(scroller: RefObject<HTMLElement | null>, onShown: () => void): void {
  const latest = useRef(onShown);
  useEffect(() => {
    latest.current = onShown;
  });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new MutationObserver(() => look());
    const look = (): void => {
      const row = element.querySelector('[data-index]');
      if (row?.checkVisibility({ visibilityProperty: true }) !== true) return;
      observer.disconnect();
      latest.current();
    };
    observer.observe(element, { subtree: true, childList: true, attributes: true, attributeFilter: ['style'] });
    look();
    return () => observer.disconnect();
  }, [scroller]);
}

function isNothing(message: TranscriptMessage | undefined): boolean {
  return message !== undefined && message.parts.every(({ kind }) => kind === 'hidden');
}

function Foot() {
  return <div className={styles.foot} />;
}

const COMPONENTS = { Footer: Foot };
