import * as Radix from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef } from 'react';
import { Button } from './button.tsx';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  /** `sheet` stands at the right edge, `centre` in the middle. */
  readonly place: 'sheet' | 'centre';
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly children: ReactNode;
}

export function Dialog({ title, place, open, onOpenChange, children }: DialogProps) {
  const content = useRef<HTMLDivElement>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={styles.veil} />
        <Radix.Content
          ref={content}
          className={`${styles.dialog} ${styles[place]}`}
          aria-describedby={undefined}
          // the dialog itself, not its first button: a ring around "Close" is no greeting
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            // with the next frame: at once the browser would lay out the page twice, in the task that made the dialog
            requestAnimationFrame(() => content.current?.focus());
          }}
        >
          <header className={styles.head}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            <Radix.Close asChild>
              <Button look="icon" aria-label="Close" title="Close (Esc)">
                <X size={18} strokeWidth={1.75} aria-hidden />
              </Button>
            </Radix.Close>
          </header>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
          <section className={styles.body} tabIndex={0} aria-label={title}>
            {children}
          </section>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
