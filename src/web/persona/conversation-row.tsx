import { memo } from 'react';
import { Link } from 'wouter';
import type { PersonaSummary, TimelineRow } from '../../core/model/views.ts';
import { Ago } from '../ui/ago.tsx';
import { longDay } from '../ui/format.ts';
import styles from './conversation-row.module.css';
import { MessageRow } from './message-row.tsx';

interface ConversationRowProps {
  /** Undefined until it has come from the worker. */
  readonly row: TimelineRow | undefined;
  readonly persona: PersonaSummary;
  readonly isMarked: boolean;
  readonly isWhole: boolean;
  readonly onShowWhole: (key: string) => void;
}

export const ConversationRow = memo(function ConversationRow({ row, ...rest }: ConversationRowProps) {
  if (row === undefined) return <div className={styles.waiting} />;
  return <div className={styles.inner}>{content(row, rest)}</div>;
});

function content(row: TimelineRow, rest: Omit<ConversationRowProps, 'row'>) {
  switch (row.kind) {
    case 'day':
      return (
        <div className={styles.day}>
          <h2>
            {longDay(row.time)} <Ago time={row.time} besideDate />
          </h2>
        </div>
      );
    case 'session':
      return (
        <div className={styles.session}>
          <h3>
            <Link href={`/sessions/${encodeURIComponent(row.sessionId)}`}>{row.title}</Link>
            {row.projectName !== '' && <span>{row.projectName}</span>}
          </h3>
        </div>
      );
    case 'message':
      return <MessageRow row={row} {...rest} />;
  }
}
