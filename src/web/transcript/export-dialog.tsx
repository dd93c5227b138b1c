import { proxy } from 'comlink';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { ExportFormat } from '../../core/transcript/export/export-head.ts';
import type { ExportOptions } from '../../core/transcript/export/export-transcript.ts';
import type { PlaceInMessage } from '../../core/transcript/open-transcript.ts';
import type { RedactionEvent } from '../../platform/browser/transcript-api.ts';
import { client } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { counted, exact, number } from '../ui/format.ts';
import { reasonOf } from '../ui/reason.ts';
import { saveBlob } from '../ui/save-text.ts';
import styles from './export-dialog.module.css';
import { useTranscript } from './transcript-view.tsx';

const FORMATS: readonly (readonly [ExportFormat, string])[] = [
  ['md', 'Markdown'],
  ['html', 'HTML, one page to be read anywhere'],
  ['json', 'JSON'],
];
const SHOWN = 100;

/** Saves the transcript as a file, and shows before what will be taken out of it. */
export default function ExportDialog({ title, onClose }: { title: string; onClose: () => void }) {
  const { key } = useTranscript();
  const [format, setFormat] = useState<ExportFormat>('md');
  const [redact, setRedact] = useState(true);
  const { saving, trouble, save, stop } = useSaving(key, (file) => {
    saveBlob(file, `${fileName(title)}.${format}`);
    onClose();
  });
  return (
    <Dialog title="Save the transcript" place="sheet" open onOpenChange={onClose}>
      <div className={styles.form}>
        <Choice label="Format" value={format} choices={FORMATS} onChange={setFormat} />
        <label className={styles.check}>
          <input type="checkbox" checked={redact} onChange={(event) => setRedact(event.target.checked)} />
          Take secrets out
        </label>
        {saving === null ? (
          <Button look="primary" onClick={() => void save({ format, redact })}>
            Save
          </Button>
        ) : (
          <Button onClick={stop}>Cancel</Button>
        )}
      </div>
      {saving !== null && <Progress {...saving} />}
      {trouble !== '' && <p role="alert">It could not be saved: {trouble} Press Save to try again.</p>}
      {redact ? <Preview /> : <p>Keys, tokens and passwords stay in the file as they are.</p>}
    </Dialog>
  );
}

interface Done {
  readonly done: number;
  readonly total: number;
}

/** The file as it is made: how far it is while it is, and why it could not be. Leaving ends it. */
function useSaving(key: number, onSaved: (file: Blob) => void) {
  const [saving, setSaving] = useState<Done | null>(null);
  const [trouble, setTrouble] = useState('');
  const stop = (): void => void client().ask.transcripts.stop(key, 'export');
  useEffect(() => () => void client().ask.transcripts.stop(key, 'export'), [key]);
  const save = async (how: ExportOptions): Promise<void> => {
    setTrouble('');
    setSaving({ done: 0, total: 0 });
    try {
      const onProgress = (done: number, total: number): void => setSaving({ done, total });
      const file = await client().ask.transcripts.export(key, how, proxy(onProgress));
      if (file !== null) onSaved(file);
    } catch (error) {
      setTrouble(reasonOf(error));
    }
    setSaving(null);
  };
  return { saving, trouble, save, stop };
}

function Progress({ done, total }: Done) {
  return (
    <p className={styles.status}>
      <progress
        className="visually-hidden"
        aria-label="Saving"
        max={1}
        {...(total === 0 ? {} : { value: done / total })}
      />
      {total === 0 ? 'Saving…' : `Saving ${number(done)} of ${counted(total, 'message')}…`}
    </p>
  );
}

interface Look {
  readonly places: readonly PlaceInMessage[];
  readonly done: number;
  readonly total: number;
  readonly isOver: boolean;
  readonly trouble: string;
}

const NOTHING: Look = { places: [], done: 0, total: 0, isOver: false, trouble: '' };

/** Each secret that would be taken out, as they are found. */
function useRedactions(key: number): Look {
  const [look, setLook] = useState(NOTHING);
  useEffect(() => {
    const { transcripts } = client().ask;
    let isShown = true;
    const onEvent = ({ places, done, total }: RedactionEvent): void => {
      if (isShown) setLook((before) => ({ ...before, places: [...before.places, ...places], done, total }));
    };
    void transcripts
      .redactions(key, proxy(onEvent))
      .then(() => '', reasonOf)
      .then((trouble) => isShown && setLook((before) => ({ ...before, isOver: true, trouble })));
    return () => {
      isShown = false;
      void transcripts.stop(key, 'redactions');
    };
  }, [key]);
  return look;
}

function Preview() {
  const [isWhole, setIsWhole] = useState(false);
  const { key, sessionId } = useTranscript();
  const { places, done, total, isOver, trouble } = useRedactions(key);
  const shown = isWhole ? places : places.slice(0, SHOWN);
  const kinds = new Map<string, number>();
  for (const { kind } of places) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return (
    <>
      <output className={styles.status}>
        {trouble !== '' && `Not all of it could be looked through: ${trouble} `}
        {places.length === 0 && isOver && trouble === '' && 'Nothing that looks like a secret stands in it.'}
        {places.length > 0 && `${counted(places.length, 'place')} will be taken out.`}
        {!isOver && ` Looking through ${number(done)} of ${number(total)} messages…`}
      </output>
      {kinds.size > 0 && (
        <dl className={styles.kinds}>
          {[...kinds].map(([kind, count]) => (
            <div key={kind}>
              <dt>{kind}</dt>
              <dd>{number(count)}</dd>
            </div>
          ))}
        </dl>
      )}
      <ol className={styles.places}>
        {shown.map(({ before, mark, after, messageId, time }, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- places only come at the end
          <li key={at}>
            <Link href={`/sessions/${encodeURIComponent(sessionId)}?message=${encodeURIComponent(messageId)}`}>
              {exact(time)}
            </Link>
            <code dir="auto">
              {before}
              <mark>{mark}</mark>
              {after}
            </code>
          </li>
        ))}
      </ol>
      {shown.length < places.length && (
        <Button onClick={() => setIsWhole(true)}>Show all {number(places.length)}</Button>
      )}
    </>
  );
}

/** The title as a name any system takes. */
function fileName(title: string): string {
  const name = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return name.slice(0, 60) || 'transcript';
}
