import { useState } from 'react';
import type { Problem, Severity } from '../../core/model/problem.ts';
import { Button } from '../ui/button.tsx';
import { number } from '../ui/format.ts';
import styles from './receipt.module.css';

const FIRST = 40;
/** More at a time: thousands at once would hold the page up. */
const MORE = 200;
const WORDS: Record<Severity, string> = { error: 'Not used', skipped: 'Skipped', warning: 'Look here' };

/** Each problem with its file, its row and what to do. */
export function ProblemList({ problems, title }: { problems: readonly Problem[]; title?: string }) {
  const [most, setMost] = useState(FIRST);
  const shown = problems.slice(0, most);
  const left = problems.length - shown.length;
  return (
    <section className={title === undefined ? '' : styles.section}>
      {title !== undefined && <h3 className={styles.heading}>{title}</h3>}
      <ul className={styles.list}>
        {shown.map((problem, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- the list never changes, and two problems may be alike
          <li key={at}>
            <span className={`${styles.severity} ${problem.severity === 'error' ? styles.error : ''}`}>
              {WORDS[problem.severity]}
            </span>
            {problem.message}
            <span className={styles.where}>{where(problem)}</span>
          </li>
        ))}
      </ul>
      {left > 0 && (
        <p className={styles.actions}>
          <Button onClick={() => setMost(most + MORE)}>
            Show {left <= MORE ? `the other ${number(left)}` : `${MORE} more of ${number(left)}`}
          </Button>
        </p>
      )}
    </section>
  );
}

function where({ file, row, line, count }: Problem): string {
  return [
    ...(file === '' ? [] : [file]),
    ...(row === null ? [] : [`row ${row}`]),
    ...(line === null ? [] : [`line ${number(line)}`]),
    ...(count === undefined || count === 1 ? [] : [`${number(count)} times`]),
  ].join(' · ');
}
