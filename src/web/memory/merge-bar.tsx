import { useState } from 'react';
import type { Item } from '../../core/model/item.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { act } from './deeds.ts';
import styles from './memory.module.css';
import { kindCount, titleOf } from './words.ts';

/** Items that were chosen to be one: whose name stays is the person's choice. */
export function MergeBar({ picked, onEnd }: { picked: ReadonlyMap<string, Item>; onEnd: () => void }) {
  const items = [...picked.values()];
  const [chosen, setChosen] = useState('');
  const [first] = items;
  if (first === undefined) return null;
  const into = picked.has(chosen) ? chosen : first.id;
  const isOneKind = items.every(({ kind }) => kind === first.kind);
  const merge = async (): Promise<void> => {
    if (await act({ kind: 'merge', ids: items.map(({ id }) => id), into })) onEnd();
  };
  return (
    <section className={styles.merge} aria-label="Merge">
      <span>
        {isOneKind ? kindCount(first.kind, items.length) : `${items.length} items of different kinds`}
        {hint(items.length, isOneKind)}
      </span>
      {isOneKind && items.length > 1 && (
        <>
          <Choice
            label="The name that stays"
            value={into}
            choices={items.map((item): [string, string] => [item.id, titleOf(item)])}
            onChange={setChosen}
          />
          <Button look="primary" onClick={() => void merge()}>
            Make them one
          </Button>
        </>
      )}
      <Button onClick={onEnd}>Cancel</Button>
    </section>
  );
}

function hint(count: number, isOneKind: boolean): string {
  if (!isOneKind) return ': only items of one kind can become one.';
  return count === 1 ? ' chosen: choose another one to make them one.' : ' become one, called';
}
