import type { Ref } from 'react';
import { useState } from 'react';
import type { TranscriptMessage } from '../../core/model/transcript.ts';
import type { ListHandle } from './message-list.tsx';
import { MessageList } from './message-list.tsx';
import { NewestScreen } from './newest-screen.tsx';
import styles from './transcript.module.css';
import type { Rows } from './use-rows.ts';

interface MessagesProps {
  readonly rows: Rows;
  readonly newest: readonly TranscriptMessage[];
  readonly at: number | null;
  /** The address leads to a message: the end is not shown before. */
  readonly hasLink: boolean;
  readonly onAtEnd: (isAtEnd: boolean) => void;
  readonly ref: Ref<ListHandle>;
}

/** The end of the session at once, and the list of all when it has found its place. */
export function Messages({ rows, newest, at, hasLink, onAtEnd, ref }: MessagesProps) {
  const [isListed, setIsListed] = useState(hasLink);
  const [topFromEnd, setTopFromEnd] = useState<number | null>(null);
  return (
    <div className={styles.messages}>
      {rows.isWhole && (
        <MessageList
          ref={ref}
          rows={rows}
          at={at}
          topFromEnd={topFromEnd}
          onShown={() => setIsListed(true)}
          onAtEnd={onAtEnd}
        />
      )}
      {!isListed && <NewestScreen newest={newest} onMove={setTopFromEnd} />}
    </div>
  );
}
