import { Square } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { useWorkspace } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import { counted } from '../ui/format.ts';
import { retryJobs, stopExtraction } from './behind.ts';
import styles from './extraction.module.css';
import { useExtraction } from './extraction-store.ts';
import { progressWords, standingOf } from './words.ts';

/** What runs behind every screen: a quiet line in the corner. The Memory screen has more room for it. */
export default function ExtractionLine() {
  const { queue, isRunning, progress } = useExtraction();
  const mayWrite = useWorkspace(({ role }) => role === 'owner');
  const [location] = useLocation();
  if (queue === null || location === '/memory') return null;
  const { failed } = standingOf(queue);
  if (isRunning) {
    return (
      <output className={styles.corner} aria-label="Extraction">
        <Link href="/memory">Reading for memory</Link>
        <span className={styles.soft}>{progressWords(progress)}</span>
        <Button look="icon" aria-label="Stop reading" title="Stop" onClick={() => void stopExtraction()}>
          <Square size={12} strokeWidth={1.75} aria-hidden />
        </Button>
      </output>
    );
  }
  if (failed.length === 0) return null;
  return (
    <output className={styles.corner} aria-label="Extraction">
      <Link href="/memory">{counted(failed.length, 'session')} could not be read</Link>
      <span className={styles.soft}>{failed[0]?.reason}</span>
      {mayWrite && (
        <Button look="quiet" onClick={() => void retryJobs(failed.map(({ id }) => id))}>
          Try again
        </Button>
      )}
    </output>
  );
}
