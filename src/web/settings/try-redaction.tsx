import { useId, useState } from 'react';
import { redact } from '../../core/redact/redact.ts';
import styles from './settings.module.css';

const EXAMPLE = 'The deploy uses postgres://app:sommer-2026@db.internal/app, and API_KEY=9f2c41d07be84b6fa1.';

/** Any text as it would leave. */
export function TryRedaction() {
  const [text, setText] = useState(EXAMPLE);
  const id = useId();
  return (
    <div className={styles.try}>
      <label htmlFor={id}>Try it on any text</label>
      <textarea id={id} rows={3} value={text} spellCheck={false} onChange={(event) => setText(event.target.value)} />
      <output aria-label="As it would leave">{redact(text).text}</output>
    </div>
  );
}
