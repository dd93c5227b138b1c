import type { FormEvent, KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { Item } from '../../core/model/item.ts';
import { Button } from '../ui/button.tsx';
import fields from '../ui/field.module.css';
import { act } from './deeds.ts';
import styles from './item-row.module.css';

/** Name and description in the person's own words: from then on nothing else changes them. */
export function ItemEdit({ item, onEnd }: { item: Item; onEnd: () => void }) {
  const [name, setName] = useState(item.name);
  const [description, setDescription] = useState(item.description);
  const field = useRef<HTMLInputElement>(null);
  // the person has just asked to write here
  useEffect(() => field.current?.focus(), []);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await act({ kind: 'correct', id: item.id, name, description })) onEnd();
  };
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onEnd();
  };
  return (
    <form className={styles.edit} onSubmit={(event) => void save(event)}>
      <label>
        <span>Name</span>
        <input
          className={fields.field}
          ref={field}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={leave}
        />
      </label>
      <label>
        <span>Description</span>
        <input
          className={fields.field}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          onKeyDown={leave}
        />
      </label>
      <div>
        <Button look="primary" type="submit">
          Save
        </Button>
        <Button onClick={onEnd}>Cancel</Button>
      </div>
    </form>
  );
}
