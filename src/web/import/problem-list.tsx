import { useState } from 'react';
import type { Problem, Severity } from '../../core/model/problem.ts';
import { Button } from '../ui/button.tsx';
import { number } from '../ui/format.ts';
import styles from './receipt.module.css';

const FIRST = 40;
const WORDS: Record<Severity, string> = { error: 'Not used', skipped: 'Skipped', warning: 'Look here' };

/** Each problem with its file, its row and what to do. */
export function ProblemList({ problems, title }: { problems: readonly Problem[]; title?: string }) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? problems : problems.slice(0, FIRST);
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
      {!isWhole && problems.length > FIRST && (
        <p className={styles.actions}>
          <Button onClick={() => setIsWhole(true)}>Show all {number(problems.length)}</Button>
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
