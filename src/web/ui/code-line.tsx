import styles from './code-line.module.css';
import { CopyButton } from './copy-button.tsx';

/** A path or a command, with a button that copies it. */
export function CodeLine({ text, label }: { text: string; label: string }) {
  return (
    <span className={styles.line}>
      <code className={styles.code}>{text}</code>
      <CopyButton text={text} label={label} />
    </span>
  );
}
