import { explainedText } from '../../core/import/explained-text.ts';
import type { SourceReceipt, Tally } from '../../core/model/receipt.ts';
import { bytes, number } from '../ui/format.ts';
import styles from './receipt.module.css';

const COLUMNS = ['found', 'new', 'updated', 'unchanged', 'skipped'] as const;

export function SourceTable({ source }: { source: SourceReceipt }) {
  const { path, kind, bytesRead, bytesTotal, explained } = source;
  return (
    <>
      <p className={styles.path}>
        <code>{path === '' ? 'what was chosen' : path}</code>
        <span className={styles.where}>{size(kind, bytesRead, bytesTotal)}</span>
      </p>
      {kind !== 'unreadable' && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">What</span>
                </th>
                {COLUMNS.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <Row label="Sessions" tally={source.sessions} />
              <Row label="Messages" tally={source.messages} />
            </tbody>
          </table>
        </div>
      )}
      {explained !== null && <Explanation {...explainedText(explained)} />}
    </>
  );
}

/** Why personas hold less than was found. */
function Explanation({ sessions, messages }: ReturnType<typeof explainedText>) {
  return (
    <>
      {sessions !== null && <p className={styles.where}>Of the sessions {sessions}.</p>}
      {messages !== null && <p className={styles.where}>Of the messages {messages}.</p>}
    </>
  );
}

function Row({ label, tally }: { label: string; tally: Tally }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      {COLUMNS.map((column) => (
        <td key={column} className={tally[column] === 0 ? styles.zero : ''}>
          {number(tally[column])}
        </td>
      ))}
    </tr>
  );
}

function size(kind: string, read: number, total: number): string {
  if (kind === 'unreadable') return 'not used: see the problems';
  // what the log replaces is read in both files: more than the whole may be read
  return read >= total ? `${bytes(total)}, read whole` : `${bytes(total)}, of which ${bytes(read)} were read`;
}
