import { FileText } from 'lucide-react';
import type { Attachment } from '../../core/model/transcript.ts';
import styles from './part.module.css';

/** A picture that stands in the transcript, or the name of a file that does not. Nothing is asked for anywhere. */
export function AttachmentView({ file }: { file: Attachment }) {
  const { name, mime, place, data, size } = file;
  const what = [name, mime].filter((word) => word !== '').join(', ') || 'A file';
  if (data !== null && /^data:image\//i.test(data)) {
    return (
      <figure className={styles.picture}>
        <img src={data} alt={what} />
        <figcaption>{what}</figcaption>
      </figure>
    );
  }
  return (
    <p className={styles.file}>
      <FileText size={14} strokeWidth={1.75} aria-hidden />
      <span>{what}</span>
      {place !== '' && place !== name && <code>{place}</code>}
      {size !== null && <span>{Math.max(1, Math.round(size / 1024)).toLocaleString('en')} kB</span>}
    </p>
  );
}
