import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import styles from './message-text.module.css';

/** Longer code stays plain: colouring it would hold up the page. */
const MOST_CHARACTERS = 8_000;

/** Code, coloured a moment later when its language is known. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
  const [coloured, setColoured] = useState<ReactNode>(null);
  useEffect(() => {
    if (language === '' || code.length > MOST_CHARACTERS) return undefined;
    let isWanted = true;
    const colour = async (): Promise<void> => {
      const { highlight } = await import('./highlight.tsx');
      await idle();
      if (isWanted) setColoured(highlight(code, language));
    };
    void colour();
    return () => {
      isWanted = false;
    };
  }, [code, language]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section className={styles.code} tabIndex={0} aria-label={language === '' ? 'Code' : `Code, ${language}`}>
      <pre>{coloured ?? code}</pre>
    </section>
  );
}

function idle(): Promise<unknown> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resolve, { timeout: 500 });
    else setTimeout(resolve);
  });
}
