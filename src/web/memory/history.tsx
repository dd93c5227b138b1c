import { Ago } from '../ui/ago.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { undo, useDeeds } from './deeds.ts';
import styles from './toast.module.css';
import { DONE_NAMES } from './words.ts';

/** What was done by hand, newest first; it is taken back step by step. */
export function History({ onClose }: { onClose: () => void }) {
  const done = useDeeds((view) => view.done);
  return (
    <Dialog title="What you did" place="centre" open onOpenChange={onClose}>
      {done.length === 0 && <p className={styles.none}>Nothing that could be undone.</p>}
      <ol className={styles.history}>
        {done.toReversed().map(({ kind, name, time }, at) => (
          <li key={time}>
            <span className={styles.kind}>{DONE_NAMES[kind]}</span>
            <span className={styles.name}>{name}</span>
            <span className={styles.when}>
              <Ago time={time} />
            </span>
            {at === 0 && <Button onClick={() => void undo()}>Undo</Button>}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
