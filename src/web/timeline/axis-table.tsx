import { useCallback } from 'react';
import { TableVirtuoso } from 'react-virtuoso';
import type { Axis } from '../../core/timeline/axis.ts';
import type { AxisSession } from '../../core/timeline/timeline-views.ts';
import { client } from '../app/workspace-store.ts';
import { clock, date, exact, number } from '../ui/format.ts';
import type { RowPage } from '../ui/row-pages.ts';
import { useRowPages } from '../ui/use-row-pages.ts';
import styles from './timeline.module.css';
import type { AxisPlace } from './use-told.ts';

const COLUMNS = ['Session', 'Project', 'Start', 'End', 'Messages', 'Marks'] as const;
const NUMBERS: ReadonlySet<string> = new Set(['Messages', 'Marks']);
const AHEAD = 60;

interface AxisTableProps {
  readonly persona: string;
  readonly axis: Axis;
  readonly onPick: (place: AxisPlace) => void;
}

/** The sessions of the axis as a table, newest first, sub-agents after the one that called them. */
export function AxisTable({ persona, axis, onPick }: AxisTableProps) {
  const { version } = axis;
  const load = useCallback(
    async (offset: number, limit: number): Promise<RowPage<AxisSession>> => {
      const page = await client().ask.timelines.sessions(persona, version, offset, limit);
      if (page === null) throw new Error('there is a newer axis');
      return page;
    },
    [persona, version],
  );
  const header = () => (
    <tr>
      {COLUMNS.map((name) => (
        <th key={name} scope="col" data-number={NUMBERS.has(name) || undefined}>
          {name}
        </th>
      ))}
    </tr>
  );
  const pages = useRowPages(load, 'start', version);
  const cells = (index: number) => <Cells row={pages?.rowAt(index)} onPick={onPick} />;
  if (pages === null) return <div className={styles.table} />;
  return (
    <div className={styles.table}>
      <TableVirtuoso
        totalCount={pages.total}
        increaseViewportBy={200}
        rangeChanged={({ startIndex, endIndex }) => pages.ensure(startIndex - AHEAD, endIndex + AHEAD)}
        computeItemKey={(index) => pages.rowAt(index)?.sessionId ?? index}
        fixedHeaderContent={header}
        itemContent={cells}
      />
    </div>
  );
}

function Cells({ row, onPick }: { readonly row: AxisSession | undefined } & Pick<AxisTableProps, 'onPick'>) {
  // the same cells as a row that has come: a single one would break the columns
  if (row === undefined) return COLUMNS.map((name) => <td key={name}>…</td>);
  const { session, title, projectName, start, end, isEndKnown, isSubagent, messages, marks } = row;
  return (
    <>
      <td data-nested={isSubagent || undefined} title={title}>
        <button type="button" onClick={() => onPick({ kind: 'session', session, time: null })}>
          {title}
        </button>
      </td>
      <td>{projectName}</td>
      <td title={exact(start)}>{moment(start)}</td>
      <td title={isEndKnown ? exact(end) : ''}>{isEndKnown ? moment(end) : 'unknown'}</td>
      <td data-number>{number(messages)}</td>
      <td data-number>{number(marks)}</td>
    </>
  );
}

function moment(time: number): string {
  return `${date(time)}, ${clock(time)}`;
}
