import { ChevronDown, ChevronRight } from 'lucide-react';
import type { SessionRow } from '../../core/model/views.ts';
import { Ago } from '../ui/ago.tsx';
import { counted, number } from '../ui/format.ts';
import { Marks } from './marks.tsx';
import { titleOf } from './title-of.ts';
import styles from './sessions.module.css';

interface SessionCellsProps {
  readonly row: SessionRow;
  readonly isUnfolded: boolean;
  readonly isOpened: boolean;
  readonly onToggle: (id: string) => void;
  readonly onOpen: () => void;
}

export function SessionCells({ row, isUnfolded, isOpened, onToggle, onOpen }: SessionCellsProps) {
  const title = titleOf(row);
  const { projectName, projectPath, startTime, endTime, messageCount, toolCallCount } = row;
  return (
    <>
      <td className={styles.title}>
        <span className={styles.titleLine} style={{ paddingLeft: `calc(${row.depth} * var(--s5))` }}>
          <Fold row={row} isUnfolded={isUnfolded} onToggle={onToggle} />
          <button
            type="button"
            className={styles.open}
            title={title}
            aria-expanded={isOpened}
            onClick={(event) => {
              event.stopPropagation();
              onOpen();
            }}
          >
            {title}
          </button>
          {row.sessionType === 'agent' && <span className={styles.badge}>tool’s own</span>}
          {row.fork && <span className={styles.badge}>fork</span>}
          {row.archived && <span className={styles.badge}>archived</span>}
          <Marks {...row} />
        </span>
      </td>
      <td className={styles.project} title={projectPath}>
        {projectName}
      </td>
      <td className={styles.start}>
        <Ago time={startTime} />
      </td>
      <td className={styles.end}>{endTime === null ? 'unknown' : <Ago time={endTime} />}</td>
      <td className={styles.messages}>{number(messageCount)}</td>
      <td className={styles.tools}>{number(toolCallCount)}</td>
    </>
  );
}

function Fold({ row, isUnfolded, onToggle }: Pick<SessionCellsProps, 'row' | 'isUnfolded' | 'onToggle'>) {
  if (row.children === 0) return <span className={styles.noFold} />;
  const Icon = isUnfolded ? ChevronDown : ChevronRight;
  const label = `${isUnfolded ? 'Fold' : 'Show'} ${counted(row.children, 'sub-agent')}`;
  return (
    <button
      type="button"
      className={styles.fold}
      aria-expanded={isUnfolded}
      aria-label={label}
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(row.sessionId);
      }}
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden />
    </button>
  );
}
