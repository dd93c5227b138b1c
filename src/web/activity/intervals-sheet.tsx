import { useState } from 'react';
import { Link } from 'wouter';
import { durationText } from '../../core/activity/durations.ts';
import type { IntervalRow, IntervalsQuery } from '../../core/model/activity-views.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { clock, counted, date } from '../ui/format.ts';
import { useAnswer } from '../ui/use-answer.ts';
import styles from './activity.module.css';
import { IntervalMessages } from './interval-messages.tsx';

const PAGE = 100;

interface IntervalsSheetProps {
  readonly title: string;
  readonly query: IntervalsQuery;
  readonly onClose: () => void;
}

/** A total opened: the stretches of time it adds up. */
export default function IntervalsSheet({ title, query, onClose }: IntervalsSheetProps) {
  const revision = useWorkspace((view) => view.revision);
  const [limit, setLimit] = useState(PAGE);
  const question = JSON.stringify([query, limit]);
  const page = useAnswer(() => client().ask.activity.intervals({ ...query, limit }), question, revision);
  return (
    <Dialog title={title} place="sheet" open onOpenChange={onClose}>
      {page !== null && (
        <>
          <p className={styles.sheetSum}>
            {counted(page.total, 'interval')}, {durationText(page.ms)} together
            {query.kind === 'own' && ' (estimated)'}.
          </p>
          <ol className={styles.intervals}>
            {page.rows.map((row) => (
              <Interval key={`${row.sessionId} ${row.start}`} row={row} />
            ))}
          </ol>
          {page.total > page.rows.length && (
            <Button onClick={() => setLimit((count) => count + PAGE)}>
              {counted(page.total - page.rows.length, 'more interval')}
            </Button>
          )}
        </>
      )}
    </Dialog>
  );
}

function Interval({ row }: { row: IntervalRow }) {
  const [isOpen, setOpen] = useState(false);
  const { start, end, sessionId, title, projectName, persona, promptId } = row;
  const message = promptId === null ? '' : `?message=${encodeURIComponent(promptId)}`;
  return (
    <li>
      <p className={styles.when}>
        <span>
          {date(start)}, {clock(start)} – {clock(end)}
        </span>
        <strong>{durationText(end - start)}</strong>
      </p>
      <Link href={`/sessions/${encodeURIComponent(sessionId)}${message}`}>{title === '' ? sessionId : title}</Link>
      <p className={styles.where}>
        {projectName} · {persona}
        {promptId === null && ' · without a prompt'}
      </p>
      <button type="button" className={styles.unfold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Hide the messages' : 'Messages'}
      </button>
      {isOpen && <IntervalMessages row={row} />}
    </li>
  );
}
