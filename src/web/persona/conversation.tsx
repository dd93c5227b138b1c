import { useCallback, useEffect, useRef, useState } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import { Virtuoso } from 'react-virtuoso';
import type { PersonaSummary, TimelineRow } from '../../core/model/views.ts';
import type { RowPages } from '../ui/row-pages.ts';
import { useKeys } from '../ui/use-keys.ts';
import { ConversationRow } from './conversation-row.tsx';
import { rowsInSight } from './in-sight.ts';
import styles from './persona.module.css';
import { rememberedPlace, rememberPlace } from './places.ts';
import type { ReadingPlace } from './reading-place.ts';
import { useSight } from './use-sight.ts';
import { useStayAtEnd } from './use-stay-at-end.ts';

/** Rows loaded before they come into sight. */
const AHEAD = 60;
/** Rows rendered before they come into sight, px: Markdown is ready when they do. */
const OVERSCAN = 800;

interface ConversationProps {
  readonly pages: RowPages<TimelineRow>;
  readonly persona: PersonaSummary;
  /** The row to begin at, marked. Null: where the reader was, or at the end. */
  readonly at: number | null;
  readonly place: ReadingPlace;
}

/** What a persona keeps, from the newest up; rows are asked of the worker as they come near. */
export function Conversation({ pages, persona, at, place }: ConversationProps) {
  const list = useRef<VirtuosoHandle>(null);
  const [cursor, setCursor] = useState<number | null>(at);
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLElement>(null);

  const before = rememberedPlace(persona.id, pages.total);
  useStayAtEnd(scroller, at === null && before === undefined);
  const look = useSight(scroller, pages, place);
  useEffect(
    () =>
      place.shownBy((row) => {
        setCursor(row);
        list.current?.scrollToIndex({ index: row, align: 'center' });
      }),
    [place],
  );

  const show = useCallback((key: string) => setWhole((keys) => new Set(keys).add(key)), []);
  const go = (to: number): void => {
    setCursor(to);
    list.current?.scrollIntoView({ index: to, behavior: 'auto' });
  };
  const step = (by: 1 | -1) => () => {
    const { first, last } = rowsInSight(scroller.current) ?? { first: 0, last: pages.total - 1 };
    const isInSight = cursor !== null && cursor >= first && cursor <= last;
    let to = isInSight ? cursor + by : by > 0 ? first : last;
    while (isDivider(pages.rowAt(to))) to += by;
    if (pages.rowAt(to) !== undefined) go(to);
  };
  const jump = (to: number) => () => list.current?.scrollToIndex({ index: to, align: to === 0 ? 'start' : 'end' });
  const openMarked = (): void => {
    const row = cursor === null ? undefined : pages.rowAt(cursor);
    if (row !== undefined) show(row.key);
  };
  useKeys({ j: step(1), k: step(-1), Enter: openMarked, Home: jump(0), End: jump(pages.total - 1) });

  const content = (index: number) => {
    const row = pages.rowAt(index);
    return (
      <ConversationRow
        row={row}
        persona={persona}
        isMarked={index === cursor}
        isWhole={row !== undefined && whole.has(row.key)}
        onShowWhole={show}
      />
    );
  };
  const beginning =
    at !== null ? startingAt(at) : before === undefined ? newest(pages.total) : { restoreStateFrom: before };
  return (
    <Virtuoso
      ref={list}
      className={styles.list ?? ''}
      totalCount={pages.total}
      {...beginning}
      scrollerRef={(element) => {
        scroller.current = element instanceof HTMLElement ? element : null;
      }}
      increaseViewportBy={OVERSCAN}
      isScrolling={(isMoving) => {
        if (!isMoving) list.current?.getState((state) => rememberPlace(persona.id, pages.total, state));
      }}
      onScroll={look}
      rangeChanged={({ startIndex, endIndex }) => {
        pages.ensure(startIndex - AHEAD, endIndex + AHEAD);
        look();
      }}
      computeItemKey={(index) => pages.rowAt(index)?.key ?? index}
      itemContent={content}
      components={COMPONENTS}
    />
  );
}

function isDivider(row: TimelineRow | undefined): boolean {
  return row !== undefined && row.kind !== 'message';
}

function newest(total: number) {
  return { initialTopMostItemIndex: { index: total - 1, align: 'end' } } as const;
}

function startingAt(index: number) {
  return { initialTopMostItemIndex: { index, align: 'center' } } as const;
}

function Foot() {
  return <div className={styles.foot} />;
}

const COMPONENTS = { Footer: Foot };
