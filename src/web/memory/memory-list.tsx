import { useRef, useState } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import { Virtuoso } from 'react-virtuoso';
import type { Item } from '../../core/model/item.ts';
import type { RowPages } from '../ui/row-pages.ts';
import { useKeys } from '../ui/use-keys.ts';
import { act, undo } from './deeds.ts';
import type { MemoryRow } from './item-row.tsx';
import { ItemRow } from './item-row.tsx';
import styles from './item-row.module.css';
import screen from './memory.module.css';

/** Rows loaded before they come into sight. */
const AHEAD = 40;

interface MemoryListProps {
  readonly pages: RowPages<MemoryRow>;
  readonly picked: ReadonlyMap<string, Item>;
  readonly onPick: (item: Item) => void;
  readonly mayWrite: boolean;
}

/** What is remembered, the newest words first; rows are asked of the worker as they come near. */
export function MemoryList({ pages, picked, onPick, mayWrite }: MemoryListProps) {
  const list = useRef<VirtuosoHandle>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const [edited, setEdited] = useState<string | null>(null);
  const at = cursor === null ? null : Math.min(cursor, pages.total - 1);
  const marked = at === null ? undefined : pages.rowAt(at)?.item;
  const go = (to: number): void => {
    const index = Math.min(pages.total - 1, Math.max(0, to));
    setCursor(index);
    list.current?.scrollIntoView({ index, behavior: 'auto' });
  };
  const toggle = ({ id }: Item): void => setOpened(opened === id ? null : id);
  const withMarked = (key: string, does: (item: Item) => void) =>
    marked === undefined ? {} : { [key]: () => does(marked) };
  useKeys({
    j: () => go(at === null ? 0 : at + 1),
    k: () => go(at === null ? 0 : at - 1),
    Home: () => go(0),
    End: () => go(pages.total - 1),
    Escape: () => setOpened(null),
    ...withMarked('Enter', toggle),
    ...(mayWrite && {
      u: () => void undo(),
      ...withMarked('c', ({ id }) => void act({ kind: 'confirm', id })),
      ...withMarked('x', ({ id }) => void act({ kind: 'reject', id })),
      ...withMarked('e', ({ id, kind }) => setEdited(kind === 'quote' ? null : id)),
      ...withMarked('m', onPick),
    }),
  });
  const row = (index: number) => {
    const found = pages.rowAt(index);
    if (found === undefined) return <div className={styles.waiting} />;
    const { item } = found;
    return (
      <div className={screen.inner}>
        <ItemRow
          {...found}
          isMarked={index === at}
          isOpen={item.id === opened}
          isEdited={item.id === edited}
          isPicked={picked.has(item.id)}
          mayWrite={mayWrite}
          onOpen={() => {
            setCursor(index);
            toggle(item);
          }}
          onEdit={(isEdited) => setEdited(isEdited ? item.id : null)}
          onPick={() => onPick(item)}
        />
      </div>
    );
  };
  return (
    <Virtuoso
      ref={list}
      className={screen.list ?? ''}
      totalCount={pages.total}
      increaseViewportBy={400}
      rangeChanged={({ startIndex, endIndex }) => pages.ensure(startIndex - AHEAD, endIndex + AHEAD)}
      computeItemKey={(index) => pages.rowAt(index)?.item.id ?? index}
      itemContent={row}
      components={COMPONENTS}
    />
  );
}

function Foot() {
  return <div className={screen.foot} />;
}

const COMPONENTS = { Footer: Foot };
