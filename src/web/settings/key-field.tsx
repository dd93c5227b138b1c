import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import type { KeyedProvider } from '../../core/model/extraction-settings.ts';
import { Button } from '../ui/button.tsx';
import fields from '../ui/field.module.css';
import { changeKey } from './change-settings.ts';
import styles from './settings.module.css';

interface KeyFieldProps {
  readonly provider: KeyedProvider;
  readonly hasKey: boolean;
  /** Servers on one's own machine need none. */
  readonly isOptional: boolean;
}

/** A key is written, never shown again. */
export function KeyField({ provider, hasKey, isOptional }: KeyFieldProps) {
  const [key, setKey] = useState('');
  const id = useId();
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (key.trim() === '') return;
    void changeKey(provider, key.trim());
    setKey('');
  };
  return (
    <form className={styles.field} onSubmit={save}>
      <label htmlFor={id}>Key{isOptional ? ', where one is needed' : ''}</label>
      <span className={styles.pair}>
        <input
          id={id}
          className={fields.field}
          type="password"
          value={key}
          placeholder={hasKey ? 'A key is kept on this device' : ''}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setKey(event.target.value)}
        />
        <Button type="submit" disabled={key.trim() === ''}>
          {hasKey ? 'Replace' : 'Keep'}
        </Button>
        {hasKey && <Button onClick={() => void changeKey(provider, null)}>Forget it</Button>}
      </span>
      <p className={styles.soft}>Kept in this browser alone: in no backup, in no log, on no other device.</p>
    </form>
  );
}
