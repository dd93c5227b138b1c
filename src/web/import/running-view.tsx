import type { ImportProgress, SessionRow } from '../../core/model/views.ts';
import { Ago } from '../ui/ago.tsx';
import { Button } from '../ui/button.tsx';
import { counted, number } from '../ui/format.ts';
import { cancelImport, useImport } from './import-store.ts';
import { PHASES, rate, share } from './progress-words.ts';
import styles from './running-view.module.css';

interface RunningViewProps {
  readonly progress: ImportProgress | null;
  readonly readingSince: number | null;
}

export function RunningView({ progress, readingSince }: RunningViewProps) {
  const seen = useImport((view) => view.seen);
  const sessions = Math.max(progress?.sessions ?? 0, seen.count);
  return (
    <>
      <Phases progress={progress} />
      <Bar progress={progress} />
      <div className={styles.figures}>
        <span>
          {counted(sessions, 'session')}, {counted(progress?.messages ?? 0, 'message')}
        </span>
        <span className={styles.soft}>{progress === null ? '' : rate(progress, readingSince)}</span>
      </div>
      <p className={styles.soft}>{progress?.path ?? ''}&nbsp;</p>
      <div className={styles.cancel}>
        <Button onClick={cancelImport}>Cancel</Button> <span className={styles.soft}>leaves everything as it was</span>
      </div>
      {seen.count > 0 && <Titles rows={seen.rows} count={seen.count} />}
    </>
  );
}

function Phases({ progress }: { progress: ImportProgress | null }) {
  const now = PHASES.findIndex(({ phase }) => phase === (progress?.phase ?? 'opening'));
  return (
    <ol className={styles.phases} aria-label="Phases">
      {PHASES.map(({ phase, label }, at) => (
        <li key={phase} className={at < now ? styles.past : ''} aria-current={at === now ? 'step' : undefined}>
          {label}
        </li>
      ))}
    </ol>
  );
}

function Bar({ progress }: { progress: ImportProgress | null }) {
  const done = progress === null ? null : share(progress);
  return (
    <>
      <progress className="visually-hidden" aria-label="Import" max={1} {...(done === null ? {} : { value: done })} />
      <div className={styles.track} aria-hidden>
        {done === null ? (
          <div className={`${styles.fill} ${styles.unknown}`} />
        ) : (
          <div className={styles.fill} style={{ transform: `scaleX(${done})` }} />
        )}
      </div>
    </>
  );
}

/** What is in the source, long before it is read. */
function Titles({ rows, count }: { rows: readonly SessionRow[]; count: number }) {
  const rest = count - rows.length;
  return (
    <>
      <ol className={styles.titles} aria-label="Sessions found">
        {rows.map((row) => (
          <li key={row.sessionId} className={styles.title}>
            <span>{row.summary}</span>
            <span className={styles.soft}>
              <Ago time={row.startTime} />
            </span>
          </li>
        ))}
      </ol>
      {rest > 0 && <p className={styles.soft}>and {number(rest)} more</p>}
    </>
  );
}
