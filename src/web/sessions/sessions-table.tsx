import type { ComponentProps } from 'react';
import { useRef, useState } from 'react';
import type { TableVirtuosoHandle } from 'react-virtuoso';
import { TableVirtuoso } from 'react-virtuoso';
import type { SessionRow } from '../../core/model/views.ts';
import type { RowPages } from '../ui/row-pages.ts';
import { useKeys } from '../ui/use-keys.ts';
import { COLUMNS } from './columns.ts';
import type { Filter } from './filter.ts';
import { SessionCells } from './session-cells.tsx';
import { SortHeader } from './sort-header.tsx';
import styles from './sessions.module.css';

/** Rows loaded before they come into sight. */
const AHEAD = 60;

interface SessionsTableProps {
  readonly pages: RowPages<SessionRow>;
  readonly filter: Filter;
  readonly onSort: (change: Pick<Filter, 'sort' | 'descending'>) => void;
  readonly unfolded: readonly string[];
  readonly onToggle: (id: string) => void;
  readonly opened: string | null;
  readonly onOpen: (id: string | null) => void;
}

export function SessionsTable({ pages, filter, onSort, unfolded, onToggle, opened, onOpen }: SessionsTableProps) {
  const list = useRef<TableVirtuosoHandle>(null);
  const [marked, setMarked] = useState<{ index: number; id: string | undefined } | null>(null);
  // the mark is the session's: when other rows come to stand there, it is gone
  const cursor = marked !== null && pages.rowAt(marked.index)?.sessionId === marked.id ? marked.index : null;
  const setCursor = (index: number): void => setMarked({ index, id: pages.rowAt(index)?.sessionId });
  const openRow = (index: number): void => {
    setCursor(index);
    onOpen(pages.rowAt(index)?.sessionId ?? null);
  };
  const go = (to: number): void => {
    const index = Math.min(pages.total - 1, Math.max(0, to));
    if (opened === null) setCursor(index);
    else openRow(index);
    list.current?.scrollIntoView({ index, behavior: 'auto' });
  };
  useKeys({
    j: () => go(cursor === null ? 0 : cursor + 1),
    k: () => go(cursor === null ? 0 : cursor - 1),
    Home: () => go(0),
    End: () => go(pages.total - 1),
    ...(cursor === null ? {} : { Enter: () => openRow(cursor) }),
  });
  const header = () => (
    <tr>
      {COLUMNS.map((column) => (
        <SortHeader key={column.sort} column={column} filter={filter} onSort={onSort} />
      ))}
    </tr>
  );
  const cells = (index: number) => {
    const row = pages.rowAt(index);
    // the same cells as a row that has come: a single one would break the columns
    if (row === undefined)
      return COLUMNS.map(({ name }) => (
        <td key={name} className={styles[name]}>
          …
        </td>
      ));
    return (
      <SessionCells
        row={row}
        isUnfolded={unfolded.includes(row.sessionId)}
        isOpened={row.sessionId === opened}
        onToggle={onToggle}
        onOpen={() => openRow(index)}
      />
    );
  };
  return (
    <TableVirtuoso
      ref={list}
      className={styles.scroller ?? ''}
      context={{ cursor, open: openRow }}
      components={COMPONENTS}
      totalCount={pages.total}
      increaseViewportBy={400}
      rangeChanged={({ startIndex, endIndex }) => pages.ensure(startIndex - AHEAD, endIndex + AHEAD)}
      computeItemKey={(index) => pages.rowAt(index)?.sessionId ?? index}
      fixedHeaderContent={header}
      itemContent={cells}
    />
  );
}

interface TableContext {
  readonly cursor: number | null;
  readonly open: (index: number) => void;
}

type RowProps = ComponentProps<'tr'> & { readonly 'data-index': number; context: TableContext };

/** The whole line opens the session; its title is the button that the keyboard reaches. */
function Row({ context, item: _item, ...rest }: RowProps & { item: unknown }) {
  const index = rest['data-index'];
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the title inside is a button that does the same
    <tr
      {...rest}
      className={index === context.cursor ? styles.marked : ''}
      aria-current={index === context.cursor || undefined}
      onClick={() => context.open(index)}
    />
  );
}

const COMPONENTS = { TableRow: Row };
