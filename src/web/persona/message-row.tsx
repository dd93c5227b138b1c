import type { PersonaSummary, TimelineRow } from '../../core/model/views.ts';
import { clock, exact, number } from '../ui/format.ts';
import styles from './conversation-row.module.css';
import { MessageText } from './message-text.tsx';
import { previewOf } from './preview.ts';

type Message = Extract<TimelineRow, { kind: 'message' }>;

interface MessageRowProps {
  readonly row: Message;
  readonly persona: PersonaSummary;
  readonly isMarked: boolean;
  readonly isWhole: boolean;
  readonly onShowWhole: (key: string) => void;
}

/** Set like a play: who speaks at the left, what is said at the right. */
export function MessageRow({ row, persona, isMarked, isWhole, onShowWhole }: MessageRowProps) {
  const { role, time, text, clippedFrom } = row;
  const preview = previewOf(text);
  const isShort = preview.length === text.length;
  const speaker = role === 'user' ? 'You' : persona.name;
  return (
    <article
      className={`${styles.message} ${styles[role]} ${isMarked ? styles.marked : ''}`}
      aria-label={`${speaker}, ${exact(time)}`}
      aria-current={isMarked || undefined}
    >
      <div className={styles.who}>
        <span className={styles.speaker}>{speaker}</span>
        <time className={styles.time} dateTime={new Date(time).toISOString()} title={exact(time)}>
          {clock(time)}
        </time>
      </div>
      <div className={styles.text}>
        <MessageText text={isWhole ? text : preview} />
        {!isShort && !isWhole && (
          <p className={styles.more}>
            <button type="button" onClick={() => onShowWhole(row.key)}>
              Show all {number(text.length)} characters
            </button>
          </p>
        )}
        {clippedFrom !== null && (isShort || isWhole) && (
          <p className={styles.more}>
            First {number(text.length)} of {number(clippedFrom)} characters; the rest is in the source.
          </p>
        )}
      </div>
    </article>
  );
}
