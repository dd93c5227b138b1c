import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './part.module.css';
import { useFold } from './transcript-view.tsx';

interface FoldProps {
  /** Of the part: unique in the transcript. */
  readonly name: string;
  /** What it is, in a word. */
  readonly label: string;
  readonly title: string;
  /** How it ended. */
  readonly outcome?: string;
  readonly isFailed?: boolean;
  readonly children: () => ReactNode;
}

/** One line, and what is behind it when it is pressed. */
export function Fold({ name, label, title, outcome = '', isFailed = false, children }: FoldProps) {
  const [isOpen, toggle] = useFold(name);
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <div className={styles.fold} data-part={name}>
      <button type="button" className={styles.line} aria-expanded={isOpen} onClick={toggle}>
        <Icon size={14} strokeWidth={1.75} aria-hidden />
        <span className={styles.label}>{label}</span>
        <span className={styles.lineTitle} dir="auto">
          {title}
        </span>
        {outcome !== '' && <span className={isFailed ? styles.failed : styles.outcome}>{outcome}</span>}
      </button>
      {isOpen && <div className={styles.inside}>{children()}</div>}
    </div>
  );
}
