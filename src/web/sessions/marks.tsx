import { Hourglass, Unplug } from 'lucide-react';
import type { SessionMarks } from '../../core/model/agent-session.ts';
import { useNow } from '../ui/use-now.ts';
import { date, exact, relative } from '../ui/format.ts';
import styles from './sessions.module.css';

/** What is to be known of a session before its transcript is looked for: it is gone, or will be. */
export function Marks({ vanished, sweepAt }: SessionMarks) {
  const now = useNow();
  if (vanished !== null) {
    const title = `Its source does not have it any more: noticed ${exact(vanished)}. The row is kept.`;
    return (
      <span className={styles.mark} title={title}>
        <Unplug size={13} strokeWidth={1.75} aria-hidden />
        gone
      </span>
    );
  }
  if (sweepAt === null) return null;
  const title = `Claude Code will delete this transcript: ${exact(sweepAt)}, or when it starts next after that.`;
  return (
    <span className={styles.mark} title={title}>
      <Hourglass size={13} strokeWidth={1.75} aria-hidden />
      {sweepAt < now ? 'deleted next' : `deleted ${relative(sweepAt, now)}`}
      <span className="visually-hidden">, {date(sweepAt)}</span>
    </span>
  );
}
