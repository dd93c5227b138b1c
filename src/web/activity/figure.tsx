import type { ReactNode } from 'react';
import styles from './activity.module.css';

interface FigureProps {
  readonly title: string;
  /** What the numbers are, where the title does not say it. */
  readonly note?: ReactNode;
  readonly tools?: ReactNode;
  /** The drawing in a sentence, for those who do not see it. */
  readonly summary?: string;
  /** The same as a table, for those who do not see the chart or do not use a mouse. */
  readonly table?: ReactNode;
  readonly children: ReactNode;
}

/** What may be wider than the screen: it scrolls by itself, by keyboard too. */
export function Wide({ label, children }: { label: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

/** A chart under its title, with a table of the same. */
export function Figure({ title, note, tools, summary, table, children }: FigureProps) {
  return (
    <section className={styles.figure} aria-label={title}>
      <header className={styles.figureHead}>
        <h2 className={styles.figureTitle}>{title}</h2>
        {note !== undefined && <p className={styles.note}>{note}</p>}
        {tools}
      </header>
      {summary !== undefined && <p className="visually-hidden">{summary}</p>}
      {children}
      {table !== undefined && (
        <details className={styles.twin}>
          <summary>As a table</summary>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
          <section className={styles.twinBody} tabIndex={0} aria-label={`${title}, as a table`}>
            {table}
          </section>
        </details>
      )}
    </section>
  );
}
