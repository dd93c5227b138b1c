import { Link } from 'wouter';
import type { Overview } from '../../core/model/views.ts';
import { counted, date } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import styles from './sources.module.css';

/** Claude Code deletes transcripts after 30 days: those it will delete soon are pointed out while there is time. */
export function SweepNotice({ sweep: { sessions, first } }: { sweep: Overview['sweep'] }) {
  const now = useNow();
  if (first === null) return null;
  return (
    <p className={styles.sweep}>
      <span>
        Claude Code will delete the transcript{sessions === 1 ? '' : 's'} of {counted(sessions, 'session')} soon
        {first < now ? ', when it starts next' : `, the first on ${date(first)}`}. A higher{' '}
        <code>cleanupPeriodDays</code> in its <code>settings.json</code> keeps them.
      </span>{' '}
      <Link href="/sessions?mark=sweep">See which</Link>
    </p>
  );
}
