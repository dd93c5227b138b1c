import { Circle, CircleDashed, CircleDot, Eye, Unplug } from 'lucide-react';
import styles from './sources.module.css';
import type { State } from './words.ts';
import { STATE_WORDS } from './words.ts';

const ICONS = { watched: Eye, connected: CircleDot, ask: CircleDashed, dropped: Circle, gone: Unplug };

/** How a place stands, in a shape and in words. */
export function StateMark({ state }: { state: State }) {
  const Icon = ICONS[state];
  return (
    <span className={`${styles.state} ${state === 'ask' || state === 'gone' ? styles.waits : ''}`}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      {STATE_WORDS[state]}
    </span>
  );
}
