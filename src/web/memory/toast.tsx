import { useState } from 'react';
import { Undo2, X } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { hush, undo, useDeeds } from './deeds.ts';
import { History } from './history.tsx';
import styles from './toast.module.css';

/** What was just done, for a moment, and the way back: a line under the list. It takes no focus. */
export function Toast() {
  const { told, refused, done } = useDeeds();
  const [isOpen, setIsOpen] = useState(false);
  const text = refused === '' ? told : refused;
  return (
    <>
      <output className={text === '' ? 'visually-hidden' : styles.toast} aria-label="What was done">
        {text !== '' && (
          <>
            <span className={refused === '' ? styles.text : styles.refused}>{text}</span>
            {refused === '' && done.length > 0 && (
              <Button look="quiet" onClick={() => void undo()} title="Undo (u)">
                <Undo2 size={14} strokeWidth={1.75} aria-hidden />
                Undo
              </Button>
            )}
            {done.length > 1 && (
              <Button look="quiet" onClick={() => setIsOpen(true)}>
                History
              </Button>
            )}
            <Button look="icon" aria-label="Close" title="Close" onClick={hush}>
              <X size={15} strokeWidth={1.75} aria-hidden />
            </Button>
          </>
        )}
      </output>
      {isOpen && <History onClose={() => setIsOpen(false)} />}
    </>
  );
}
