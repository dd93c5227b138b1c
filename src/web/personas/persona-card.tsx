import { Link } from 'wouter';
import type { PersonaSummary } from '../../core/model/views.ts';
import { bytes, counted, number, span } from '../ui/format.ts';
import { PersonaMark } from '../ui/persona-mark.tsx';
import { personaSign } from '../ui/persona-sign.ts';
import { SparkLine } from '../ui/spark-line.tsx';
import { TOOL_NAMES } from '../ui/tool-names.ts';
import styles from './personas.module.css';

export function PersonaCard({ persona }: { persona: PersonaSummary }) {
  const { id, name, source, sessions, messagesKept, messagesTotal, firstTime, lastTime, topics } = persona;
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <PersonaMark id={id} name={name} size={28} />
        <h2 className={styles.name}>
          <Link href={`/personas/${encodeURIComponent(id)}`}>{name}</Link>
        </h2>
        <span className={styles.leader} />
        <span className={styles.tool}>{TOOL_NAMES[source]}</span>
      </div>
      <div className={styles.line}>
        <SparkLine
          values={persona.activity}
          color={personaSign(id, name).color}
          label={`Messages a week, the last ${counted(persona.activity.length, 'week')}`}
        />
      </div>
      <dl className={styles.facts}>
        <dt>Sessions</dt>
        <dd>{number(sessions)}</dd>
        <dt>Messages</dt>
        <dd>
          {number(messagesKept)} kept of {number(messagesTotal)}
        </dd>
        <dt>Span</dt>
        <dd>{firstTime === null || lastTime === null ? 'none yet' : span(firstTime, lastTime)}</dd>
        <dt>State</dt>
        <dd>{bytes(persona.bytes)}</dd>
        {topics.length > 0 && (
          <>
            <dt>Topics</dt>
            <dd className={styles.topics}>{topics.join(', ')}</dd>
          </>
        )}
      </dl>
    </li>
  );
}
