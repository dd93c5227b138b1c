import { useId, useState } from 'react';
import fields from '../ui/field.module.css';
import styles from './settings.module.css';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly step?: number;
  readonly note?: string;
  readonly onChange: (value: number) => void;
}

export function NumberField({ label, value, step = 0.01, note = '', onChange }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  const [shown, setShown] = useState(value);
  // it was bounded, or changed elsewhere: what was typed must not be kept over it
  if (shown !== value) {
    setShown(value);
    setText(String(value));
  }
  const id = useId();
  const keep = (): void => {
    const typed = Number(text);
    if (text !== '' && typed >= 0 && typed !== value) onChange(typed);
    else setText(String(value));
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={`${fields.field} ${styles.number}`}
        type="number"
        min={0}
        step={step}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && keep()}
      />
      {note !== '' && <p className={styles.soft}>{note}</p>}
    </div>
  );
}
