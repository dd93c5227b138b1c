import { Link } from 'wouter';
import { durationText } from '../../core/activity/durations.ts';
import type { ActivityMessage, IntervalRow } from '../../core/model/activity-views.ts';
import { client } from '../app/workspace-store.ts';
import { clock } from '../ui/format.ts';
import { useAnswer } from '../ui/use-answer.ts';
import styles from './activity.module.css';

/** The messages an interval comes from: of own time the prompt, of agent time all that was answered. */
export function IntervalMessages({ row }: { row: IntervalRow }) {
  const { kind, sessionId, start, end, promptId } = row;
  const all = useAnswer(() => client().ask.activity.messages(sessionId, start, end), `${sessionId} ${start} ${end}`, 0);
  if (all === null) return null;
  const messages = kind === 'own' ? all.filter(({ messageId }) => messageId === promptId) : all;
  return (
    <ol className={styles.messages}>
      {messages.map((message) => (
        <li key={`${message.sessionId} ${message.role} ${message.time} ${message.end}`}>
          <span className={styles.moment}>{clock(message.time)}</span>
          <Said message={message} top={sessionId} />
        </li>
      ))}
      {messages.length === 0 && <li>The prompt was on an earlier day.</li>}
    </ol>
  );
}

function Said({ message, top }: { message: ActivityMessage; top: string }) {
  const { sessionId, role, agent, time, end, messageId } = message;
  if (role === 'user') {
    return (
      <Link href={`/sessions/${encodeURIComponent(sessionId)}?message=${encodeURIComponent(messageId ?? '')}`}>
        your prompt
      </Link>
    );
  }
  const who = sessionId === top ? agent : `${agent}, a sub-agent`;
  return (
    <span>
      {who}, {durationText(end - time)}
    </span>
  );
}
