import { useState } from 'react';
import type { RedactionPreview } from '../../platform/browser/extraction-api.ts';
import { client } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import { counted } from '../ui/format.ts';
import styles from './settings.module.css';
import { TryRedaction } from './try-redaction.tsx';

/** What is taken out of every text before it leaves this machine, shown on the person's own messages. */
export function Redaction({ isRemote }: { isRemote: boolean }) {
  const [preview, setPreview] = useState<RedactionPreview | null>(null);
  const [isLooking, setIsLooking] = useState(false);
  const look = async (): Promise<void> => {
    setIsLooking(true);
    try {
      setPreview(await client().ask.extraction.redaction());
    } finally {
      setIsLooking(false);
    }
  };
  return (
    <section className={styles.section} aria-labelledby="redaction">
      <h2 id="redaction">What leaves this machine</h2>
      <p>
        {isRemote
          ? 'The words of your sessions, yours and the assistant’s, go to the server above and nowhere else: the browser refuses any other. Keys, tokens, passwords, private keys and passwords in addresses are taken out first.'
          : 'Nothing. With a model over the network it would be the words of your sessions, without keys, tokens, passwords, private keys and passwords in addresses.'}
      </p>
      <div className={styles.beside}>
        <Button disabled={isLooking} onClick={() => void look()}>
          {isLooking ? 'Looking…' : 'Show it on my messages'}
        </Button>
        <output className={styles.soft}>
          {preview !== null &&
            `${counted(preview.secrets, 'secret')} would be taken out of the newest ${counted(preview.messages, 'message')} that are kept.`}
        </output>
      </div>
      {preview !== null && preview.examples.length > 0 && (
        <ul className={styles.examples}>
          {preview.examples.map(({ before, mark, after }) => (
            <li key={`${before} ${mark} ${after}`} dir="auto">
              …{before}
              <mark>{mark}</mark>
              {after}…
            </li>
          ))}
        </ul>
      )}
      <TryRedaction />
    </section>
  );
}
