import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../ui/button.tsx';
import { number } from '../ui/format.ts';
import styles from './search.module.css';

/** At first; what stands below must be seen to be there. */
const SHOWN = 10;

/** A hit as the list shows it. */
export interface ListedHit {
  readonly key: string;
  readonly address: string;
  readonly line: ReactNode;
}

interface FoundSectionProps<Hit> {
  readonly title: string;
  /** What was asked: another question begins with few hits again, however many were shown of the one before. */
  readonly question: string;
  /** How the search goes. */
  readonly note?: string;
  readonly total: number;
  readonly hits: readonly Hit[];
  /** Asked only of what is shown. */
  readonly listed: (hit: Hit) => ListedHit;
  readonly children?: ReactNode;
}

/** What was found of one sort: the newest, and how many there are. Nothing where there is nothing to say. */
export function FoundSection<Hit>({
  title,
  question,
  note = '',
  total,
  hits,
  listed,
  children,
}: FoundSectionProps<Hit>) {
  const heading = useId();
  const [shownWhole, setShownWhole] = useState<string | null>(null);
  if (total === 0 && note === '') return null;
  const words = total > hits.length ? `the newest ${number(hits.length)} of ${number(total)}` : number(total);
  const shown = shownWhole === question ? hits : hits.slice(0, SHOWN);
  return (
    <section className={styles.section} aria-labelledby={heading}>
      <h2 className={styles.heading} id={heading}>
        {title} {total > 0 && <span className={styles.count}>{words}</span>}
      </h2>
      {note !== '' && <p className={styles.progress}>{note}</p>}
      <ul>
        {shown.map(listed).map(({ key, address, line }) => (
          <li key={key}>
            <Link href={address} className={styles.hit ?? ''}>
              {line}
            </Link>
          </li>
        ))}
      </ul>
      {shown.length < hits.length && (
        <p className={styles.more}>
          <Button look="quiet" onClick={() => setShownWhole(question)}>
            Show {number(hits.length - SHOWN)} more
          </Button>
        </p>
      )}
      {children}
    </section>
  );
}
