import { X } from 'lucide-react';
import { Link } from 'wouter';
import type { Axis } from '../../core/timeline/axis.ts';
import type { AxisMark, AxisSession } from '../../core/timeline/timeline-views.ts';
import { Button } from '../ui/button.tsx';
import { exact } from '../ui/format.ts';
import { Legend } from './legend.tsx';
import styles from './timeline.module.css';
import type { Told } from './use-told.ts';
import { keptWords, MARK_NAMES, sessionSpan, transcriptPath } from './words.ts';

interface PickedLineProps {
  readonly axis: Axis;
  readonly picked: Told | null;
  readonly onClose: () => void;
}

/** What was picked on the axis, and where it can be read whole; else what the signs mean. */
export function PickedLine({ axis, picked, onClose }: PickedLineProps) {
  return (
    <div className={styles.foot}>
      <output className={styles.picked}>
        {picked?.kind === 'session' && <Session told={picked.told} />}
        {picked?.kind === 'mark' && <Mark told={picked.told} />}
      </output>
      {picked === null ? (
        <Legend axis={axis} />
      ) : (
        <Button look="icon" aria-label="Put away what was picked" title="Put away" onClick={onClose}>
          <X size={16} strokeWidth={1.75} aria-hidden />
        </Button>
      )}
    </div>
  );
}

function Session({ told }: { told: AxisSession }) {
  const { sessionId, messageId, title, projectName, start, end, isEndKnown, kept } = told;
  return (
    <>
      <strong className={styles.title}>{title}</strong>
      <span>{projectName}</span>
      <span title={`${exact(start)} to ${exact(end)}`}>{sessionSpan(start, end, isEndKnown)}</span>
      <span>{keptWords(told)}</span>
      <Link href={transcriptPath(sessionId, messageId)}>{kept === 0 ? 'Read its transcript' : 'Transcript'}</Link>
    </>
  );
}

function Mark({ told }: { told: AxisMark }) {
  const { kind, name, text, time, sessionId, messageId, title, row } = told;
  return (
    <>
      <span>{MARK_NAMES[kind]}</span>
      <strong className={styles.title}>{kind === 'quote' ? `“${text}”` : name}</strong>
      <span>{title}</span>
      <span>{exact(time)}</span>
      {row === null && <span>The message is not kept.</span>}
      <Link href={transcriptPath(sessionId, messageId)}>
        {row === null ? 'Read it in its transcript' : 'Transcript'}
      </Link>
    </>
  );
}
