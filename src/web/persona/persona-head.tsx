import type { PersonaSummary } from '../../core/model/views.ts';
import { Link } from 'wouter';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { bytes, counted, number, span } from '../ui/format.ts';
import { useTitle } from '../ui/page.tsx';
import { PersonaMark } from '../ui/persona-mark.tsx';
import { personaSign } from '../ui/persona-sign.ts';
import { SparkLine } from '../ui/spark-line.tsx';
import { TOOL_NAMES } from '../ui/tool-names.ts';
import { useAnswer } from '../ui/use-answer.ts';
import styles from './persona.module.css';

export function PersonaHead({ persona }: { persona: PersonaSummary }) {
  const { id, name, source, sessions, messagesKept, messagesTotal, firstTime, lastTime } = persona;
  useTitle(name);
  return (
    <header className={styles.head}>
      <div className={styles.line}>
        <PersonaMark id={id} name={name} size={32} />
        <h1 className={styles.name}>{name}</h1>
        <p className={styles.facts}>
          <span>{TOOL_NAMES[source]}</span>
          <span>{counted(sessions, 'session')}</span>
          <span>
            {number(messagesKept)} messages kept of {number(messagesTotal)}
          </span>
          {firstTime !== null && lastTime !== null && <span>{span(firstTime, lastTime)}</span>}
          <span>{bytes(persona.bytes)}</span>
          <Remembered persona={id} />
        </p>
        <span className={styles.spark}>
          <SparkLine
            values={persona.activity}
            color={personaSign(id, name).color}
            label={`Messages a week, the last ${counted(persona.activity.length, 'week')}`}
          />
        </span>
      </div>
    </header>
  );
}

/** How much is remembered of what this persona was told, and the way there. */
function Remembered({ persona }: { persona: string }) {
  const revision = useWorkspace((view) => view.revision);
  const found = useAnswer(() => client().ask.memory.query({ persona, limit: 0 }), persona, revision);
  if (found === null || found.total === 0) return null;
  return <Link href={`/memory?persona=${encodeURIComponent(persona)}`}>{counted(found.total, 'item')} remembered</Link>;
}
