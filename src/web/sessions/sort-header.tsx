import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Column } from './columns.ts';
import type { Filter } from './filter.ts';
import styles from './sessions.module.css';

interface SortHeaderProps {
  readonly column: Column;
  readonly filter: Filter;
  readonly onSort: (change: Pick<Filter, 'sort' | 'descending'>) => void;
}

export function SortHeader({ column, filter, onSort }: SortHeaderProps) {
  const isSorted = filter.sort === column.sort;
  const Arrow = filter.descending ? ArrowDown : ArrowUp;
  const sort = (): void => onSort({ sort: column.sort, descending: isSorted ? !filter.descending : column.descending });
  return (
    <th
      scope="col"
      className={styles[column.name]}
      aria-sort={isSorted ? (filter.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" onClick={sort}>
        {column.label}
        {isSorted && <Arrow size={13} strokeWidth={2} aria-hidden />}
      </button>
    </th>
  );
}
