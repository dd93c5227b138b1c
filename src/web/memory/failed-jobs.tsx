import { RotateCcw, X } from 'lucide-react';
import { Link } from 'wouter';
import type { Job } from '../../core/model/job.ts';
import { client } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import { counted, number } from '../ui/format.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { retryJobs, takeOffQueue } from './behind.ts';
import styles from './extraction.module.css';

/** Shown before "and N more". */
const SHOWN = 5;

/** Sessions that could not be read after several tries, with the reason of the last one. */
export function FailedJobs({ jobs, mayWrite }: { jobs: readonly Job[]; mayWrite: boolean }) {
  const rest = jobs.length - SHOWN;
  return (
    <div className={styles.failed}>
      <p className={styles.warning}>
        <span>{counted(jobs.length, 'session')} could not be read.</span>
        {mayWrite && (
          <Button onClick={() => void retryJobs(jobs.map(({ id }) => id))}>
            <RotateCcw size={13} strokeWidth={1.75} aria-hidden />
            Try {jobs.length === 1 ? 'it' : 'all'} again
          </Button>
        )}
      </p>
      <ul>
        {jobs.slice(0, SHOWN).map((job) => (
          <FailedJob key={job.id} job={job} mayWrite={mayWrite} />
        ))}
      </ul>
      {rest > 0 && <p className={styles.soft}>and {number(rest)} more</p>}
    </div>
  );
}

function FailedJob({ job: { id, reason, tries }, mayWrite }: { job: Job; mayWrite: boolean }) {
  const session = useAnswer(() => client().ask.session(id), id, 0);
  const title = session?.summary ?? id;
  return (
    <li>
      <Link href={`/sessions?session=${encodeURIComponent(id)}`}>{title}</Link>
      <span className={styles.soft}>
        {reason ?? 'No reason was given.'} ({tries === 1 ? '1 try' : `${number(tries)} tries`})
      </span>
      {mayWrite && (
        <Button
          look="icon"
          aria-label={`Leave ${title} out`}
          title="Leave it out"
          onClick={() => void takeOffQueue(id)}
        >
          <X size={14} strokeWidth={1.75} aria-hidden />
        </Button>
      )}
    </li>
  );
}
