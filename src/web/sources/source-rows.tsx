import type { ReactNode } from 'react';
import type { SourceSummary } from '../../core/model/views.ts';
import { Ago } from '../ui/ago.tsx';
import styles from './sources.module.css';
import { kindWords, sessionWords } from './words.ts';

interface SourceRowsProps {
  readonly sources: readonly SourceSummary[];
  readonly actions?: (source: SourceSummary) => ReactNode;
}

/** One line a source: where, what wrote it, how much is in it, and when it was last read. */
export function SourceRows({ sources, actions }: SourceRowsProps) {
  if (sources.length === 0) return <p className={styles.none}>Nothing was read from here yet.</p>;
  return (
    <ul>
      {sources.map((source) => (
        <li key={source.store} className={styles.source}>
          <code className={styles.path} title={source.path}>
            {source.path}
          </code>
          <span className={styles.kind}>{kindWords(source)}</span>
          <span className={styles.count}>{sessionWords(source)}</span>
          <span className={styles.time}>
            {source.vanished === null ? (
              <Ago time={source.lastImport} />
            ) : (
              <strong className={styles.gone}>
                gone <Ago time={source.vanished} />
              </strong>
            )}
          </span>
          {actions?.(source)}
        </li>
      ))}
    </ul>
  );
}
