import { memo } from 'react';
import type { TranscriptMessage } from '../../core/model/transcript.ts';
import { recordOf, speakerOf } from '../../core/transcript/export/export-head.ts';
import { textsOf } from '../../core/transcript/part-texts.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { clock, exact } from '../ui/format.ts';
import styles from './message.module.css';
import { PartView } from './part-view.tsx';
import { RawButton } from './raw-dialog.tsx';
import { showWhole, useMessage, useTranscript } from './transcript-view.tsx';

interface MessageViewProps {
  readonly message: TranscriptMessage;
  readonly isMarked: boolean;
  /** The same speaker goes on: the name is not said again. */
  readonly isContinued: boolean;
}

/** Set like a play: who speaks at the left, what is said and done at the right. */
export const MessageView = memo(function MessageView({ message: cut, isMarked, isContinued }: MessageViewProps) {
  const message = useMessage(cut);
  const { id, role, time, parts, reverted } = message;
  const { sessionType } = useTranscript();
  const speaker = speakerOf(message, { sessionType });
  const shown = parts.filter(({ kind }) => kind !== 'hidden');
  if (shown.length === 0) return <div className={styles.nothing} />;
  const names = [styles.message, styles[role], isMarked ? styles.marked : '', reverted ? styles.reverted : ''];
  return (
    <article
      className={names.join(' ')}
      data-message={id}
      aria-label={`${speaker}, ${exact(time)}`}
      aria-current={isMarked || undefined}
    >
      <div className={styles.who}>
        <span className={isContinued ? 'visually-hidden' : styles.speaker}>{speaker}</span>
        <time className={styles.time} dateTime={new Date(time).toISOString()} title={exact(time)}>
          {clock(time)}
        </time>
      </div>
      <div className={styles.parts}>
        {reverted && <p className={styles.note}>Taken back</p>}
        {shown.map((part) => (
          <PartView key={part.id} part={part} messageId={id} />
        ))}
      </div>
      <Actions message={message} />
    </article>
  );
});

function Actions({ message }: { message: TranscriptMessage }) {
  const view = useTranscript();
  const { id } = message;
  const record = recordOf(message);
  const copy = async (): Promise<string> => {
    await showWhole(view, id);
    return textOf(view.store.getState().whole.get(id) ?? message);
  };
  const link = `${location.origin}/sessions/${encodeURIComponent(view.sessionId)}?message=${encodeURIComponent(id)}`;
  return (
    <div className={styles.actions}>
      {record !== '' && <span className={styles.record}>{record}</span>}
      <CopyButton text={copy} label="Copy the message" />
      <CopyButton text={link} label="Copy a link to the message" icon="link" />
      <RawButton messageId={id} />
    </div>
  );
}

/** What was said; of a message that only did things, what it did. */
function textOf({ parts }: TranscriptMessage): string {
  const said = parts.flatMap((part) => (part.kind === 'text' && part.spoken ? [part.text] : []));
  return said.length > 0 ? said.join('\n\n') : parts.flatMap(textsOf).join('\n\n');
}
