import { useState } from 'react';
import { Link } from 'wouter';
import type { AgentDetail } from '../../core/model/transcript.ts';
import { MessageText } from '../persona/message-text.tsx';
import { Button } from '../ui/button.tsx';
import { counted } from '../ui/format.ts';
import styles from './part.module.css';
import { TranscriptProvider, useTranscript } from './transcript-view.tsx';
import { useOpenTranscript } from './use-open-transcript.ts';

/** What a sub-agent was told, and its own session: as a link, and here when it is asked for. */
export function SubAgent({ detail }: { detail: AgentDetail }) {
  const { task, sessionId } = detail;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      {task !== '' && <MessageText text={task} />}
      {sessionId !== null && (
        <p className={styles.more}>
          <Button look="quiet" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {isOpen ? 'Fold what it did' : 'Show what it did'}
          </Button>
          <Link href={`/sessions/${encodeURIComponent(sessionId)}`}>Open its transcript</Link>
        </p>
      )}
      {isOpen && sessionId !== null && <Inline sessionId={sessionId} />}
    </>
  );
}

function Inline({ sessionId }: { sessionId: string }) {
  const { nested } = useTranscript();
  const { outcome, tryAgain } = useOpenTranscript(sessionId);
  if (outcome === null) return <p className={styles.note}>Reading it…</p>;
  if (!outcome.ok)
    return (
      <p className={styles.note}>
        {outcome.problem.message}{' '}
        <Button look="quiet" onClick={tryAgain}>
          Try again
        </Button>
      </p>
    );
  const { key, newest, session } = outcome;
  return (
    <TranscriptProvider transcriptKey={key} sessionId={sessionId} sessionType={session.sessionType} nested={nested}>
      <section className={styles.inline} aria-label={`What the sub-agent did: ${session.summary}`}>
        {session.messageCount > newest.length && (
          <p className={styles.note}>The last {counted(newest.length, 'message')} of it:</p>
        )}
        {newest.map(nested)}
      </section>
    </TranscriptProvider>
  );
}
