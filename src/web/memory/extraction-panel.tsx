import { Play, Square, WandSparkles } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ExtractProgress } from '../../core/model/memory-views.ts';
import { useWorkspace } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import { counted } from '../ui/format.ts';
import { goOn, holdCeremony, stopExtraction } from './behind.ts';
import styles from './extraction.module.css';
import type { ExtractionView } from './extraction-store.ts';
import { useExtraction } from './extraction-store.ts';
import { FailedJobs } from './failed-jobs.tsx';
import { WaitingSources } from './waiting-sources.tsx';
import { ceremonyWords, foreseenWords, progressWords, reportWords, standingOf } from './words.ts';

/** How far extraction is, what it waits for, and what went wrong: above what it found. */
export function ExtractionPanel() {
  const view = useExtraction();
  const mayWrite = useWorkspace(({ role }) => role === 'owner');
  if (view.queue === null) return null;
  const { waiting, failed } = standingOf(view.queue);
  return (
    <section className={styles.panel} aria-label="Extraction">
      <div className={styles.line}>
        <Standing view={view} mayWrite={mayWrite} />
        <TidyUp mayWrite={mayWrite} />
      </div>
      {view.isRunning && <Bar progress={view.progress} />}
      {view.problems.length > 0 && !view.isRunning && (
        <ul className={styles.problems} role="alert">
          {view.problems.slice(0, 3).map(({ file, message }) => (
            <li key={`${file} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
      {!view.isRunning && waiting.length > 0 && <WaitingSources jobs={waiting} />}
      {failed.length > 0 && <FailedJobs jobs={failed} mayWrite={mayWrite} />}
    </section>
  );
}

interface StandingProps {
  readonly view: ExtractionView;
  readonly mayWrite: boolean;
}

/** One sentence, and what can be done. */
function Standing({ view, mayWrite }: StandingProps) {
  const { queue, settings, hold, isRunning, progress, report } = view;
  if (queue === null) return null;
  const { queued } = standingOf(queue);
  if (isRunning) {
    return (
      <p className={styles.standing}>
        <output>Reading your sessions: {progressWords(progress)}</output>
        {mayWrite && (
          <Button look="quiet" onClick={() => void stopExtraction()}>
            <Square size={12} strokeWidth={1.75} aria-hidden />
            Stop
          </Button>
        )}
      </p>
    );
  }
  if (queued.length > 0 && (hold === 'leave' || hold === 'stopped' || hold === 'paused')) {
    return (
      <p className={styles.standing}>
        <span>
          {counted(queued.length, 'session')} to read: {foreseenWords(queue)}
          {hold === 'paused' && settings?.paused !== null && `. ${settings?.paused.reason ?? ''}`}
        </span>
        {mayWrite && (
          <Button onClick={() => void goOn(hold === 'stopped' ? 'always' : 'queue')}>
            <Play size={13} strokeWidth={1.75} aria-hidden />
            {hold === 'leave' ? 'Start' : 'Go on'}
          </Button>
        )}
        <Link href="/settings">Settings</Link>
      </p>
    );
  }
  return (
    <p className={styles.standing}>
      <output>{report === null ? allRead(queued.length) : reportWords(report)}</output>
    </p>
  );
}

function allRead(queued: number): string {
  return queued === 0 ? 'Every session that can be reached has been read.' : `${counted(queued, 'session')} to read.`;
}

function Bar({ progress }: { progress: ExtractProgress | null }) {
  const { tokensDone, tokensLeft } = progress ?? { tokensDone: 0, tokensLeft: 1 };
  const share = tokensDone / Math.max(1, tokensDone + tokensLeft);
  return (
    <>
      <progress className="visually-hidden" aria-label="Extraction" max={1} value={share} />
      <div className={styles.track} aria-hidden>
        <div style={{ transform: `scaleX(${share})` }} />
      </div>
    </>
  );
}

/** The ceremony by hand, and what the last one did. */
function TidyUp({ mayWrite }: { mayWrite: boolean }) {
  const ceremony = useExtraction((view) => view.ceremony);
  const isRunning = useExtraction((view) => view.isRunning);
  const [refused, setRefused] = useState<string | null>(null);
  const [isTidying, setTidying] = useState(false);
  const tidy = async (): Promise<void> => {
    setTidying(true);
    setRefused(await holdCeremony().finally(() => setTidying(false)));
  };
  const words = refused ?? (ceremony === null ? '' : ceremonyWords(ceremony));
  return (
    <p className={styles.tidy}>
      <output>{words}</output>
      {mayWrite && (
        <Button
          look="quiet"
          disabled={isRunning || isTidying}
          title="Lets old messages go that were read, and makes one of duplicates. It happens by itself once a day."
          onClick={() => void tidy()}
        >
          <WandSparkles size={14} strokeWidth={1.75} aria-hidden />
          Tidy up now
        </Button>
      )}
    </p>
  );
}
