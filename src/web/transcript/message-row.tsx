import type { TranscriptMessage } from '../../core/model/transcript.ts';
import { longDay } from '../ui/format.ts';
import styles from './message.module.css';
import { MessageView } from './message-view.tsx';

interface MessageRowProps {
  readonly rowAt: (at: number) => TranscriptMessage | undefined;
  readonly at: number;
  readonly isMarked: boolean;
}

/** A message of the list, with the day above it where one begins. */
export function MessageRow({ rowAt, at, isMarked }: MessageRowProps) {
  const message = rowAt(at);
  if (message === undefined) return <div className={styles.waiting} />;
  const before = rowAt(at - 1);
  const isDay = at === 0 || (before !== undefined && dayOf(before) !== dayOf(message));
  const isContinued = !isDay && before?.role === message.role && before.agent === message.agent;
  return (
    <div className={styles.inner}>
      {isDay && message.time > 0 && <h2 className={styles.day}>{longDay(message.time)}</h2>}
      <MessageView message={message} isMarked={isMarked} isContinued={isContinued} />
    </div>
  );
}

function dayOf({ time }: TranscriptMessage): string {
  return new Date(time).toDateString();
}
