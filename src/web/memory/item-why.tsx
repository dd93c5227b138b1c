import { useCallback } from 'react';
import { Link } from 'wouter';
import type { Item } from '../../core/model/item.ts';
import type { ReasonView } from '../../platform/browser/memory-api.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { Ago } from '../ui/ago.tsx';
import { Button } from '../ui/button.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { act } from './deeds.ts';
import { entriesInReach } from './in-reach.ts';
import styles from './item-row.module.css';
import { PLACE_WORDS } from './words.ts';

/** Why this is known: all its words, where they stand now, and what else became this. */
export function ItemWhy({ item, mayWrite }: { item: Item; mayWrite: boolean }) {
  const { id } = item;
  const personas = useWorkspace((view) => view.snapshot?.personas);
  const ask = useCallback(async () => client().ask.memory.why(id, await entriesInReach()), [id]);
  // its words are here at once; where they stand may have to be looked up in a source
  const reason = useAnswer(ask, id, item.updated);
  const told = item.learnedBy.map((each) => personas?.find((persona) => persona.id === each)?.name ?? each);
  return (
    <div className={styles.why}>
      <p className={styles.heading}>
        Said to <em>{told.join(', ')}</em>
        {item.corrected && '; the name is as you corrected it'}.
      </p>
      <ol>
        {item.evidence.toReversed().map((words) => (
          <li key={`${words.messageId} ${words.start} ${words.hash}`}>
            <q dir="auto">{words.text}</q>
            <span className={styles.where}>
              <Ago time={words.time} />
              <Where messageId={words.messageId} start={words.start} sessionId={words.sessionId} reason={reason} />
            </span>
          </li>
        ))}
      </ol>
      {reason !== null && reason.merged.length > 0 && (
        <p className={styles.heading}>Also known as {reason.merged.map(({ name }) => name).join(', ')}.</p>
      )}
      {mayWrite && (
        <Button look="quiet" onClick={() => void act({ kind: 'delete', id })}>
          Delete it, on all devices
        </Button>
      )}
    </div>
  );
}

interface WhereProps {
  readonly messageId: string;
  readonly start: number;
  readonly sessionId: string;
  readonly reason: ReasonView | null;
}

function Where({ messageId, start, sessionId, reason }: WhereProps) {
  const found = reason?.evidence.find((each) => each.messageId === messageId && each.start === start);
  if (found === undefined) return <span>, looking it up…</span>;
  const persona = reason?.keptBy[messageId];
  const note = PLACE_WORDS[found.place];
  return (
    <>
      , in <Link href={`/sessions?session=${encodeURIComponent(sessionId)}`}>{found.sessionTitle}</Link>
      {found.projectName !== '' && `, ${found.projectName}`}
      {persona !== undefined && (
        <>
          {', '}
          <Link href={`/personas/${encodeURIComponent(persona)}?message=${encodeURIComponent(messageId)}`}>
            show the message
          </Link>
        </>
      )}
      {note !== null && <span className={styles.note}>{note}</span>}
    </>
  );
}
