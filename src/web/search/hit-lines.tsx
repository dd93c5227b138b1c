/** One line, or two, for each sort of thing that was found: the same in the box and on the page. */
import { Bookmark, MessageSquare, ScrollText } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ItemHit, Marked, MessageHit, PersonaHit, SessionHit } from '../../core/model/search-views.ts';
import { UNTITLED } from '../sessions/title-of.ts';
import { Ago } from '../ui/ago.tsx';
import { PersonaMark } from '../ui/persona-mark.tsx';
import { TOOL_NAMES } from '../ui/tool-names.ts';
import styles from './hit-lines.module.css';
import { MarkedText } from './marked-text.tsx';

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;
const KINDS = { fact: 'fact', trait: 'trait', person: 'person', topic: 'topic', quote: 'quote' } as const;

export function PersonaLine({ hit }: { hit: PersonaHit }) {
  return (
    <Line
      icon={<PersonaMark id={hit.id} name={hit.name.text} size={16} />}
      title={<MarkedText text={hit.name} />}
      notes={[TOOL_NAMES[hit.source]]}
      time={hit.lastTime}
    />
  );
}

export function SessionLine({ hit }: { hit: SessionHit }) {
  return (
    <Line
      icon={<ScrollText {...ICON} />}
      title={hit.title.text === '' ? UNTITLED : <MarkedText text={hit.title} />}
      excerpt={hit.excerpt}
      notes={[hit.projectName]}
      time={hit.time}
    />
  );
}

export function ItemLine({ hit }: { hit: ItemHit }) {
  return (
    <Line
      icon={<Bookmark {...ICON} />}
      title={<MarkedText text={hit.name} />}
      excerpt={hit.excerpt}
      notes={[KINDS[hit.kind]]}
      time={hit.time}
    />
  );
}

export function MessageLine({ hit }: { hit: MessageHit }) {
  const speaker = hit.byPerson ? 'You' : hit.role === 'user' ? `to ${hit.agent}` : hit.agent;
  return (
    <Line
      icon={<MessageSquare {...ICON} className={styles[hit.role]} />}
      title={<MarkedText text={hit.excerpt} />}
      notes={[hit.inTool ? `${hit.agent}, in a tool call` : speaker, hit.sessionTitle, hit.projectName]}
      time={hit.time}
      isText
    />
  );
}

interface LineProps {
  readonly icon: ReactNode;
  readonly title: ReactNode;
  readonly excerpt?: Marked | null;
  readonly notes: readonly string[];
  readonly time: number | null;
  /** The title is a text: it may take two lines. */
  readonly isText?: boolean;
}

function Line({ icon, title, excerpt = null, notes, time, isText = false }: LineProps) {
  const said = notes.filter((note) => note !== '');
  return (
    <span className={styles.line}>
      <span className={styles.icon}>{icon}</span>
      <span className={`${styles.title} ${isText ? styles.text : ''}`} dir="auto">
        {title}
      </span>
      <span className={styles.notes}>
        {said.join(' · ')}
        {time !== null && (
          <span className={styles.time}>
            {said.length > 0 && ' · '}
            <Ago time={time} />
          </span>
        )}
      </span>
      {excerpt !== null && (
        <span className={styles.excerpt} dir="auto">
          <MarkedText text={excerpt} />
        </span>
      )}
    </span>
  );
}
