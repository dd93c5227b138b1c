import { memo, useMemo, useState } from 'react';
import type { Hunk } from '../../core/model/transcript.ts';
import type { DiffLine } from '../../core/transcript/diff.ts';
import { diffLines } from '../../core/transcript/diff.ts';
import { Button } from '../ui/button.tsx';
import { number } from '../ui/format.ts';
import styles from './part.module.css';

/** Lines drawn at first: a screen or two. */
const FIRST = 400;
const WORDS = { ' ': '', '-': 'taken out: ', '+': 'put in: ' } as const;
const CLASSES = { ' ': '', '-': styles.out, '+': styles.in } as const;

/** What an edit changed, line by line. */
export const DiffView = memo(function DiffView({ hunks, path }: { hunks: readonly Hunk[]; path: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <figure className={styles.code} tabIndex={0} aria-label={`Changes in ${path}`}>
      {hunks.map((hunk, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- hunks of one edit never change their order
        <HunkView key={at} hunk={hunk} />
      ))}
    </figure>
  );
});

function HunkView({ hunk }: { hunk: Hunk }) {
  const lines = useMemo(() => numbered(hunk), [hunk]);
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? lines : lines.slice(0, FIRST);
  return (
    <>
      <table className={styles.diff}>
        <tbody>
          {shown.map(({ mark, text, line }, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines of one hunk never change their order
            <tr key={at} className={CLASSES[mark]}>
              {line !== null && <td className={styles.lineNumber}>{line}</td>}
              <td className={styles.mark} aria-hidden>
                {mark}
              </td>
              <td>
                <span className="visually-hidden">{WORDS[mark]}</span>
                {text}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < lines.length && (
        <Button look="quiet" onClick={() => setIsWhole(true)}>
          Show all {number(lines.length)} lines
        </Button>
      )}
    </>
  );
}

interface NumberedLine extends DiffLine {
  /** In the file after the edit; of a line that was taken out, before it. */
  readonly line: number | null;
}

function numbered({ oldStart, newStart, old, new: after }: Hunk): NumberedLine[] {
  let [before, now] = [oldStart ?? 0, newStart ?? 0];
  return diffLines(old, after).map((line) => {
    const at = line.mark === '-' ? before : now;
    if (line.mark !== '+') before += 1;
    if (line.mark !== '-') now += 1;
    return { ...line, line: newStart === null ? null : at };
  });
}
