import { Download, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { AgentSession } from '../../core/model/agent-session.ts';
import type { TranscriptMessage } from '../../core/model/transcript.ts';
import type { OpenedTranscript } from '../../platform/browser/transcript-api.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import { counted, number } from '../ui/format.ts';
import { later } from '../ui/later.tsx';
import { reasonOf } from '../ui/reason.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { useKeys } from '../ui/use-keys.ts';
import { Finder } from './finder.tsx';
import type { ListHandle } from './message-list.tsx';
import { MessageView } from './message-view.tsx';
import { Messages } from './messages.tsx';
import { NotHere } from './not-here.tsx';
import styles from './transcript.module.css';
import { TranscriptHead } from './transcript-head.tsx';
import { TranscriptProvider } from './transcript-view.tsx';
import { useGrowth } from './use-growth.ts';
import { useOpenTranscript } from './use-open-transcript.ts';
import { useRows } from './use-rows.ts';

const ExportDialog = later(() => import('./export-dialog.tsx'));

type Opened = Extract<OpenedTranscript, { ok: true }>;

/** A session as its tool recorded it, whole. */
export default function Transcript({ id }: { id: string }) {
  const revision = useWorkspace((view) => view.revision);
  const { outcome, tryAgain, renew } = useOpenTranscript(id);
  const known = useAnswer(async () => ({ session: await client().ask.session(id) }), id, revision);
  if (outcome === null) return <TranscriptHead session={known?.session ?? null} id={id} note="Reading it…" />;
  if (!outcome.ok) {
    if (known === null) return null;
    return (
      <>
        <TranscriptHead session={known.session} id={id} note="" />
        <NotHere session={known.session} problem={outcome.problem} onTryAgain={tryAgain} />
      </>
    );
  }
  return (
    <TranscriptProvider
      transcriptKey={outcome.key}
      sessionId={id}
      sessionType={outcome.session.sessionType}
      nested={nestedMessage}
    >
      <Open
        opened={outcome}
        session={known?.session ?? outcome.session}
        known={known?.session ?? null}
        onRenew={renew}
      />
    </TranscriptProvider>
  );
}

function nestedMessage(message: TranscriptMessage) {
  return <MessageView key={message.id} message={message} isMarked={false} isContinued={false} />;
}

interface OpenProps {
  readonly opened: Opened;
  readonly session: AgentSession;
  /** As the catalog has it now. */
  readonly known: AgentSession | null;
  readonly onRenew: () => void;
}

function Open({ opened, session, known, onRenew }: OpenProps) {
  const rows = useRows(opened);
  const list = useRef<ListHandle>(null);
  const [search] = useSearchParams();
  const message = search.get('message');
  const at = usePlaceOf(opened.key, message);
  const [asked, setAsked] = useState(0);
  const [isSaving, setIsSaving] = useState(false);
  useKeys({ '/': () => setAsked((times) => times + 1) });
  useFindKey(() => setAsked((times) => times + 1));
  const isPlaced = message === null || (at !== undefined && rows.isWhole);
  const { isWhole, failure, total } = rows;
  const growth = useGrowth(known, isWhole ? total : null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  useEffect(() => {
    // what is saved is what was looked at
    if (growth > 0 && isAtEnd && !isSaving) onRenew();
  }, [growth, isAtEnd, isSaving, onRenew]);
  /** The first of the messages that were asked for. */
  const goTo = useRef<number | null>(null);
  useEffect(() => {
    if (goTo.current === null || goTo.current >= total) return;
    list.current?.show(goTo.current);
    goTo.current = null;
  }, [total]);
  const note = isWhole ? counted(rows.total, 'message') : failure === null ? 'Reading the rest…' : '';
  return (
    <div className={styles.page} data-full>
      <TranscriptHead session={session} id={session.sessionId} note={note}>
        <Button look="icon" aria-label="Find in this session" title="Find ( / )" onClick={() => setAsked(asked + 1)}>
          <Search size={16} strokeWidth={1.75} aria-hidden />
        </Button>
        <Button look="icon" aria-label="Save the transcript" title="Save" onClick={() => setIsSaving(true)}>
          <Download size={16} strokeWidth={1.75} aria-hidden />
        </Button>
      </TranscriptHead>
      {failure !== null && (
        <p className={styles.notHere} role="alert">
          Only its end could be read: {reasonOf(failure.error)}{' '}
          <Button look="quiet" onClick={rows.tryAgain}>
            Try again
          </Button>
        </p>
      )}
      {message !== null && at === null && (
        <p className={styles.notHere}>The message of this link is not in the session any more.</p>
      )}
      {asked > 0 && <Finder list={list} asked={asked} onClose={() => setAsked(0)} />}
      {rows.total === 0 && rows.isWhole && <p className={styles.notHere}>Nothing was said in this session.</p>}
      {rows.total > 0 && isPlaced && (
        <Messages
          key={message}
          ref={list}
          rows={rows}
          newest={opened.newest}
          at={at ?? null}
          hasLink={message !== null}
          onAtEnd={setIsAtEnd}
        />
      )}
      <output className={styles.growth}>
        {growth > 0 && !isAtEnd && (
          <Button
            look="quiet"
            onClick={() => {
              goTo.current = total;
              onRenew();
            }}
          >
            {growth === 1 ? '1 new message' : `${number(growth)} new messages`}
          </Button>
        )}
      </output>
      {isSaving && <ExportDialog title={session.summary} onClose={() => setIsSaving(false)} />}
    </div>
  );
}

/** Where the message of the address stands: undefined until it is known, null when it is not here. */
function usePlaceOf(key: number, message: string | null): number | null | undefined {
  // where it stands stays the same when the session grows
  const question = message ?? '';
  const answer = useAnswer(
    async () => ({ question, at: message === null ? null : await client().ask.transcripts.placeOf(key, message) }),
    question,
    0,
  );
  return answer?.question === question ? answer.at : undefined;
}

/** Ctrl F and Cmd F look through the whole session, of which the browser sees only what is on the screen. */
function useFindKey(find: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'f' || event.altKey || event.shiftKey || event.ctrlKey === event.metaKey) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      find();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
}
