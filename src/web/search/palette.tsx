import { Command } from 'cmdk';
import * as Radix from '@radix-ui/react-dialog';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { PaletteList } from './palette-list.tsx';
import type { Choice } from './palette-choices.ts';
import { groupsOf } from './palette-choices.ts';
import styles from './palette.module.css';
import { forgetSearches, recentSearches, rememberSearch } from './recent.ts';
import { useHistory } from './use-history.ts';
import { useKept } from './use-kept.ts';
import { historyWords, keptWords, spokenWords } from './words.ts';

/** Of each kind, in the box. */
const SHOWN = 5;

/** The one box: everything is found from here, and every screen. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const [recent, setRecent] = useState(recentSearches);
  const [marked, setMarked] = useState<string | null>(null);
  const kept = useKept(text, SHOWN);
  const history = useHistory('box', text, SHOWN);
  const groups = groupsOf({ text, recent, kept, history });
  const values = groups.flatMap(({ choices }) => choices.map(({ value }) => value));
  const chosen = marked !== null && values.includes(marked) ? marked : (values[0] ?? '');

  const type = (next: string): void => {
    setText(next);
    setMarked(null);
  };
  const choose = ({ act }: Choice): void => {
    if (act.kind === 'type') return type(act.text);
    if (act.kind === 'forget') {
      forgetSearches();
      setRecent([]);
      return;
    }
    rememberSearch(text);
    onClose();
    navigate(act.address);
  };

  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Portal>
        <Radix.Overlay className={styles.veil} />
        <Radix.Content className={styles.box} aria-describedby={undefined}>
          <Radix.Title className={styles.hidden}>Search</Radix.Title>
          <Command shouldFilter={false} loop label="Search" value={chosen} onValueChange={setMarked}>
            <Command.Input
              className={styles.field}
              value={text}
              onValueChange={type}
              placeholder="Search everything: words, “phrases”, project:name, role:user, since:2026-01-31"
            />
            <PaletteList groups={groups} onChoose={choose} />
          </Command>
          <footer className={styles.foot}>
            {kept !== null && kept.notes.length > 0 && <p className={styles.note}>{kept.notes.join(' ')}</p>}
            <p aria-hidden>
              {[kept === null ? '' : keptWords(kept), historyWords(history)].filter(Boolean).join(' · ')}
            </p>
            <output className={styles.hidden}>{spokenWords(kept, history)}</output>
          </footer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
