import { useId, useState } from 'react';
import fields from '../ui/field.module.css';
import styles from './settings.module.css';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly note?: string;
  readonly isWrong?: boolean;
  /** Names to choose from while typing. */
  readonly choices?: readonly string[];
  readonly onChange: (value: string) => void;
}

/** Kept when it is left, or with Enter. */
export function TextField({
  label,
  value,
  placeholder,
  note = '',
  isWrong = false,
  choices = [],
  onChange,
}: TextFieldProps) {
  const [text, setText] = useState(value);
  const id = useId();
  const keep = (): void => {
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={fields.field}
        value={text}
        placeholder={placeholder}
        aria-invalid={isWrong}
        aria-describedby={note === '' ? undefined : `${id}-note`}
        list={choices.length === 0 ? undefined : `${id}-choices`}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && keep()}
      />
      {choices.length > 0 && (
        <datalist id={`${id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </datalist>
      )}
      {note !== '' && (
        <p id={`${id}-note`} className={isWrong ? styles.warning : styles.soft}>
          {note}
        </p>
      )}
    </div>
  );
}
