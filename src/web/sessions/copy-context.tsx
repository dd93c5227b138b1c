import { useState } from 'react';
import { client } from '../app/workspace-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import fields from '../ui/field.module.css';
import styles from './filter-bar.module.css';

const WINDOWS = [
  [1, 'last 24 hours'],
  [7, 'last 7 days'],
  [14, 'last 14 days'],
  [30, 'last 30 days'],
] as const;

/** Copies what happened lately as JSON, to be pasted to an agent: what `dramatis context --days N` prints. */
export function CopyContext() {
  const [days, setDays] = useState<number>(1);
  return (
    <span className={styles.context}>
      <CopyButton text={() => client().ask.context(days)} label="Copy what happened as JSON, for an agent to read">
        Copy context
      </CopyButton>
      <select
        className={fields.field}
        aria-label="Window of the context"
        value={days}
        onChange={(event) => setDays(Number(event.target.value))}
      >
        {WINDOWS.map(([count, name]) => (
          <option key={count} value={count}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
