import { Download } from 'lucide-react';
import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import { client } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import fields from '../ui/field.module.css';
import { saveBlob } from '../ui/save-text.ts';
import styles from './settings.module.css';

/** Everything that is kept, but secrets, as one file. */
export function SaveBackup() {
  const id = useId();
  const [passphrase, setPassphrase] = useState('');
  const [isSaving, setSaving] = useState(false);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSaving(true);
    try {
      const day = new Date().toISOString().slice(0, 10);
      saveBlob(await client().ask.backup.save(passphrase), `dramatis-${day}.json`);
      setPassphrase('');
    } finally {
      setSaving(false);
    }
  };
  return (
    <form className={styles.field} onSubmit={(event) => void save(event)}>
      <label htmlFor={id}>Passphrase for the backup; without one the file can be read by anyone who has it</label>
      <span className={styles.pair}>
        <input
          id={id}
          className={fields.field}
          type="password"
          value={passphrase}
          autoComplete="new-password"
          onChange={(event) => setPassphrase(event.target.value)}
        />
        <Button type="submit" disabled={isSaving}>
          <Download size={14} strokeWidth={1.75} aria-hidden />
          Save a backup
        </Button>
      </span>
    </form>
  );
}
