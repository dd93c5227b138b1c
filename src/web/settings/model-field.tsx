import { useState } from 'react';
import { client } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import { counted } from '../ui/format.ts';
import styles from './settings.module.css';
import { TextField } from './text-field.tsx';

type Listed = { readonly ids: readonly string[] } | { readonly failed: string } | null;

/** The model by its name; the server is asked for those it has. */
export function ModelField({ value, onChange }: { value: string; onChange: (model: string) => void }) {
  const [listed, setListed] = useState<Listed>(null);
  const [isAsking, setIsAsking] = useState(false);
  const list = async (): Promise<void> => {
    setIsAsking(true);
    try {
      const outcome = await client().ask.extraction.models(null);
      setListed(outcome.ok ? { ids: outcome.value.map(({ id }) => id) } : { failed: outcome.failure.message });
    } finally {
      setIsAsking(false);
    }
  };
  const ids = listed !== null && 'ids' in listed ? listed.ids : [];
  return (
    <>
      <TextField key={`${value} ${ids.length}`} label="Model" value={value} choices={ids} onChange={onChange} />
      <div className={styles.beside}>
        <Button disabled={isAsking} onClick={() => void list()}>
          {isAsking ? 'Asking…' : 'List its models'}
        </Button>
        <output className={listed !== null && 'failed' in listed ? styles.warning : styles.soft}>
          {listed !== null && ('failed' in listed ? listed.failed : counted(listed.ids.length, 'model'))}
        </output>
      </div>
      {ids.length > 0 && (
        <ul className={styles.models} aria-label="Models">
          {ids.slice(0, 60).map((id) => (
            <li key={id}>
              <button type="button" aria-pressed={id === value} onClick={() => onChange(id)}>
                {id}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
