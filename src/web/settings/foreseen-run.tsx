import { useState } from 'react';
import type { ExtractionSettingsView } from '../../core/model/extraction-settings.ts';
import { goOn, stopExtraction } from '../memory/behind.ts';
import { useExtraction } from '../memory/extraction-store.ts';
import { leaveFor } from '../memory/leave.ts';
import { foreseenWords, progressWords, standingOf } from '../memory/words.ts';
import { Button } from '../ui/button.tsx';
import { counted } from '../ui/format.ts';
import styles from './settings.module.css';

interface ForeseenRunProps {
  readonly settings: ExtractionSettingsView;
  readonly isRemote: boolean;
}

/** What a run would take before it begins, and whether the next ones may begin by themselves. */
export function ForeseenRun({ settings, isRemote }: ForeseenRunProps) {
  const { queue, isRunning, progress } = useExtraction();
  const [leave, setLeave] = useState(() => leaveFor(settings));
  const goOnAlways = (isWanted: boolean): void => {
    setLeave(isWanted ? 'always' : 'stop');
    void (isWanted ? goOn('always') : stopExtraction());
  };
  if (queue === null) return null;
  const { queued } = standingOf(queue);
  return (
    <section className={styles.section} aria-labelledby="run">
      <h2 id="run">The next run</h2>
      <p>
        {queued.length === 0
          ? 'Nothing is queued: every session that can be reached has been read.'
          : `${counted(queued.length, 'session')} to read. ${isRemote ? `${upper(foreseenWords(queue))}, and the replies.` : 'On this machine, at no cost.'}`}
      </p>
      {isRunning && <output>Reading: {progressWords(progress)}</output>}
      <div className={styles.beside}>
        {!isRunning && queued.length > 0 && leave !== 'always' && (
          <Button look="primary" onClick={() => void goOn('queue')}>
            Start
          </Button>
        )}
        {isRunning && <Button onClick={() => void stopExtraction()}>Stop</Button>}
        <label className={styles.check}>
          <input type="checkbox" checked={leave === 'always'} onChange={(event) => goOnAlways(event.target.checked)} />
          Go on by itself whenever sessions come in
        </label>
      </div>
    </section>
  );
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
