import type { ReactNode } from 'react';
import styles from './notices.module.css';

interface NoticeProps {
  readonly warning?: boolean;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** One sentence about this tab, and what can be done. */
export function Notice({ warning = false, action = null, children }: NoticeProps) {
  return (
    <div className={`${styles.notice} ${warning ? styles.warning : ''}`}>
      <p>{children}</p>
      {action}
    </div>
  );
}
