import { Braces } from 'lucide-react';
import { useEffect, useState } from 'react';
import { client } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { reasonOf } from '../ui/reason.ts';
import styles from './part.module.css';
import { useTranscript } from './transcript-view.tsx';

/** Characters shown at once: a page must not stop for a message of megabytes. */
const SHOWN = 200_000;

/** What the source holds of a message, as JSON. */
export function RawButton({ messageId }: { messageId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const label = 'Show it as the source has it';
  return (
    <>
      <Button look="icon" aria-label={label} title={label} onClick={() => setIsOpen(true)}>
        <Braces size={15} strokeWidth={1.75} aria-hidden />
      </Button>
      {isOpen && (
        <Dialog title="As the source has it" place="sheet" open onOpenChange={setIsOpen}>
          <Raw messageId={messageId} />
        </Dialog>
      )}
    </>
  );
}

function Raw({ messageId }: { messageId: string }) {
  const { key } = useTranscript();
  const [text, setText] = useState<string | null>(null);
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    let isWanted = true;
    const { transcripts } = client().ask;
    const load = async (): Promise<void> => {
      const at = await transcripts.placeOf(key, messageId);
      const raw = at === null ? '' : await transcripts.raw(key, at);
      if (isWanted) setText(raw);
    };
    load().catch((error: unknown) => isWanted && setTrouble(reasonOf(error)));
    return () => {
      isWanted = false;
    };
  }, [key, messageId]);
  if (trouble !== '')
    return <p role="alert">It could not be read: {trouble} Close this and open it again to try once more.</p>;
  if (text === null) return <p>Reading it…</p>;
  return (
    <>
      <CopyButton text={text} label="Copy the JSON">
        Copy
      </CopyButton>
      <pre className={styles.raw}>{text.slice(0, SHOWN)}</pre>
      {text.length > SHOWN && <p className={styles.note}>The rest is cut here; copying takes all of it.</p>}
    </>
  );
}
