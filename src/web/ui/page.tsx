import type { ReactNode } from 'react';
import { useEffect } from 'react';
import styles from './page.module.css';

interface PageProps {
  readonly title: string;
  /** Beside the title: what there is in numbers. */
  readonly aside?: ReactNode;
  /** The page is as high as the window, and a list inside it scrolls. */
  readonly full?: boolean;
  readonly children: ReactNode;
}

/** A screen with its title, which is also the tab's. */
export function Page({ title, aside, full = false, children }: PageProps) {
  useTitle(title);
  return (
    <div className={`${styles.page} ${full ? styles.full : ''}`} data-full={full || undefined}>
      <header className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        {aside !== undefined && <p className={styles.aside}>{aside}</p>}
      </header>
      {children}
    </div>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === 'Dramatis' ? title : `${title} · Dramatis`;
  }, [title]);
}
