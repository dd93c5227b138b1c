import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../ui/button.tsx';
import { number } from '../ui/format.ts';
import styles from './search.module.css';

/** At first; what stands below must be seen to be there. */
const SHOWN = 10;

interface FoundSectionProps {
  readonly title: string;
  /** How the search goes. */
  readonly note?: string;
  readonly total: number;
  readonly hits: readonly { readonly key: string; readonly address: string; readonly line: ReactNode }[];
  readonly children?: ReactNode;
}

/** What was found of one sort: the newest, and how many there are. Nothing where there is nothing to say. */
export function FoundSection({ title, note = '', total, hits, children }: FoundSectionProps) {
  const heading = useId();
  const [isWhole, setIsWhole] = useState(false);
  if (total === 0 && note === '') return null;
  const words = total > hits.length ? `the newest ${number(hits.length)} of ${number(total)}` : number(total);
  return (
    <section className={styles.section} aria-labelledby={heading}>
      <h2 className={styles.heading} id={heading}>
        {title} {total > 0 && <span className={styles.count}>{words}</span>}
      </h2>
      {note !== '' && <p className={styles.progress}>{note}</p>}
      <ul>
        {(isWhole ? hits : hits.slice(0, SHOWN)).map(({ key, address, line }) => (
          <li key={key}>
            <Link href={address} className={styles.hit ?? ''}>
              {line}
            </Link>
          </li>
        ))}
      </ul>
      {!isWhole && hits.length > SHOWN && (
        <p className={styles.more}>
          <Button look="quiet" onClick={() => setIsWhole(true)}>
            Show {number(hits.length - SHOWN)} more
          </Button>
        </p>
      )}
      {children}
    </section>
  );
}
