import { useId, useRef, useState } from 'react';
import type { BackupContents } from '../../core/backup.ts';
import type { RestorePreview } from '../../core/workspace.ts';
import { client } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import fields from '../ui/field.module.css';
import { exact, number } from '../ui/format.ts';
import styles from './settings.module.css';

interface RestoreBackupProps {
  readonly disabled: boolean;
  /** Told in words what was replaced. */
  readonly onRestored: (words: string) => void;
}

/** Takes back a backup, after saying what it holds and what it would replace. */
export function RestoreBackup({ disabled, onRestored }: RestoreBackupProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [preview, setPreview] = useState<RestorePreview | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const forget = (): void => {
    setFile(null);
    setPreview(null);
    setRefused(null);
    setPassphrase('');
    if (input.current !== null) input.current.value = '';
  };
  const look = async (chosen: File, words: string): Promise<void> => {
    setFile(chosen);
    const outcome = await client().ask.backup.preview(chosen, words);
    setPreview(outcome.ok ? outcome.preview : null);
    setRefused(outcome.ok ? null : outcome.problem.message);
  };
  const restore = async (chosen: File): Promise<void> => {
    const outcome = await client().ask.backup.restore(chosen, passphrase);
    if (!outcome.ok) {
      setRefused(outcome.problem.message);
      return;
    }
    const { made, current } = outcome.preview;
    forget();
    onRestored(`The backup of ${exact(Date.parse(made))} is back. It replaced ${contents(current)}.`);
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>Take back a backup</label>
      <input
        id={id}
        ref={input}
        type="file"
        accept=".json,application/json"
        disabled={disabled}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen !== undefined) void look(chosen, '');
        }}
      />
      {file !== null && preview === null && (
        <form
          className={styles.pair}
          onSubmit={(event) => {
            event.preventDefault();
            void look(file, passphrase);
          }}
        >
          <input
            className={fields.field}
            type="password"
            aria-label="Passphrase of this backup"
            value={passphrase}
            autoComplete="off"
            onChange={(event) => setPassphrase(event.target.value)}
          />
          <Button type="submit">Open it</Button>
        </form>
      )}
      {refused !== null && <p role="alert">{refused}</p>}
      {file !== null && preview !== null && (
        <>
          <p>
            Backup of {exact(Date.parse(preview.made))}: {contents(preview.backup)}. It would replace{' '}
            {contents(preview.current)}.
          </p>
          <span className={styles.pair}>
            <Button onClick={() => void restore(file)}>Replace what is kept</Button>
            <Button look="quiet" onClick={forget}>
              Leave it
            </Button>
          </span>
        </>
      )}
    </div>
  );
}

function contents({ personas, messages, sessions }: BackupContents): string {
  return `${number(personas)} personas with ${number(messages)} messages, ${number(sessions)} sessions`;
}
