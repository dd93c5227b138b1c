import type { KeyboardEvent, Ref } from 'react';
import styles from './field.module.css';

interface SearchFieldProps {
  readonly ref: Ref<HTMLInputElement>;
  /** What it looks in. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** The field above a list, reached with "/". */
export function SearchField({ ref, label, value, onChange }: SearchFieldProps) {
  return (
    <input
      ref={ref}
      className={`${styles.field} ${styles.search}`}
      type="search"
      placeholder={`${label}  ( / )`}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={leaveOnEscape}
    />
  );
}

/** Browsers empty a search field on Escape; here it leads back to the list, and the filter stays. */
function leaveOnEscape(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Escape' && event.key !== 'Enter') return;
  event.preventDefault();
  event.currentTarget.blur();
}
