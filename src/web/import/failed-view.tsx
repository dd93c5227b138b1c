import type { Problem } from '../../core/model/problem.ts';
import { Button } from '../ui/button.tsx';
import { showSheet } from './import-store.ts';
import { ProblemList } from './problem-list.tsx';
import styles from './receipt.module.css';

/** Why nothing was imported, and what to do. */
export function FailedView({ problems, again }: { problems: readonly Problem[]; again: (() => void) | null }) {
  const isCancelled = problems.every(({ code }) => code === 'cancelled');
  return (
    <>
      <p className={styles.headline} role="alert">
        {isCancelled ? 'Cancelled. Everything is as it was.' : 'None of this could be used. Everything is as it was.'}
      </p>
      {!isCancelled && <ProblemList problems={problems} />}
      <div className={styles.actions}>
        {again !== null && (
          <Button look="primary" onClick={again}>
            Try again
          </Button>
        )}
        <Button onClick={() => showSheet(false)}>Close</Button>
      </div>
    </>
  );
}
