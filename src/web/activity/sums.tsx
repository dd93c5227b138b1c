import type { ReactNode } from 'react';
import { durationText } from '../../core/activity/durations.ts';
import type { ActivityReport } from '../../core/model/activity-views.ts';
import { counted, number } from '../ui/format.ts';
import styles from './activity.module.css';
import type { Opening } from './opening.ts';
import { ratioText } from './words.ts';

interface SumsProps {
  readonly report: ActivityReport;
  readonly of: string;
  readonly onOpen: (opening: Opening) => void;
}

/** The range in five numbers. Own and agent time stand beside each other and are never one. */
export function Sums({ report, of, onOpen }: SumsProps) {
  const { totals, window, days } = report;
  const peak = Math.max(0, ...days.map((day) => day.peak));
  return (
    <dl className={styles.sums}>
      <Sum title="Own time" note={`estimated, from ${counted(totals.prompts, 'prompt')}, ${window} min each at most`}>
        <button type="button" onClick={() => onOpen({ kind: 'own', of })}>
          {durationText(totals.ownMs)}
        </button>
      </Sum>
      <Sum title="Agent time" note="all agents added up">
        <button type="button" onClick={() => onOpen({ kind: 'agent', of })}>
          {durationText(totals.agentMs)}
        </button>
      </Sum>
      <Sum title="Wall-clock" note={`at least one at work; ${peak} at once at most`}>
        {durationText(totals.wallMs)}
      </Sum>
      <Sum title="Delegation" note="agent time to own time">
        {ratioText(totals)}
      </Sum>
      <Sum title="Sessions" note="sub-agents folded in">
        {number(totals.sessions)}
      </Sum>
    </dl>
  );
}

function Sum({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd className={styles.sum}>{children}</dd>
      <dd className={styles.note}>{note}</dd>
    </div>
  );
}
