import type { ReactNode } from 'react';
import styles from './empty.module.css';

/** Nothing here yet: one sentence that says what to do next. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className={styles.empty}>{children}</p>;
}
