import { memo, useMemo } from 'react';
import { ansiSpans } from '../../core/transcript/ansi.ts';
import type { AnsiSpan } from '../../core/transcript/ansi.ts';
import styles from './part.module.css';

/** What a program printed, with its colours. */
export const TerminalText = memo(function TerminalText({ text, label }: { text: string; label: string }) {
  const spans = useMemo(() => ansiSpans(text), [text]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <figure className={styles.code} tabIndex={0} aria-label={label}>
      <pre dir="auto">
        {spans.map((span, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- spans of one text never change their order
          <Span key={at} span={span} />
        ))}
      </pre>
    </figure>
  );
});

function Span({ span }: { span: AnsiSpan }) {
  const { text, color, bold, faint, italic, underline } = span;
  const names = [
    color === null ? '' : styles[`color${color}`],
    bold ? styles.bold : '',
    faint ? styles.faint : '',
    italic ? styles.italic : '',
    underline ? styles.underline : '',
  ].filter((name) => name !== '');
  return names.length === 0 ? text : <span className={names.join(' ')}>{text}</span>;
}
