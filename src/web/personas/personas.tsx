import { useRef } from 'react';
import { Link } from 'wouter';
import { useWorkspace } from '../app/workspace-store.ts';
import { Empty } from '../ui/empty.tsx';
import { counted } from '../ui/format.ts';
import { Page } from '../ui/page.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { PersonaCard } from './persona-card.tsx';
import styles from './personas.module.css';

/** The cast: one card each. */
export default function Personas() {
  const snapshot = useWorkspace((view) => view.snapshot);
  const list = useRef<HTMLUListElement>(null);
  const step = (by: number) => () => moveFocus(list.current, by);
  useKeys({ j: step(1), k: step(-1) });
  const personas = snapshot?.personas ?? [];
  const sessions = snapshot?.overview.sessions ?? 0;
  if (personas.length === 0) {
    return (
      <Page title="Personas">
        <Empty>
          {sessions === 0 ? 'Nobody is on stage yet: ' : 'No agent has said anything in these sessions: '}
          <Link href="/import">import your sessions</Link> to meet your agents.
        </Empty>
      </Page>
    );
  }
  return (
    <Page title="Personas" aside={`${counted(personas.length, 'persona')} from ${counted(sessions, 'session')}`}>
      <ul ref={list} className={styles.cast}>
        {personas.map((persona) => (
          <PersonaCard key={persona.id} persona={persona} />
        ))}
      </ul>
    </Page>
  );
}

function moveFocus(list: HTMLElement | null, by: number): void {
  const links = [...(list?.querySelectorAll<HTMLElement>('a') ?? [])];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = at === -1 ? (by > 0 ? 0 : links.length - 1) : at + by;
  links[Math.min(links.length - 1, Math.max(0, next))]?.focus();
}
