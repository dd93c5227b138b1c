import { memo, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { isRendered, renderMarkdown } from './markdown.tsx';
import styles from './message-text.module.css';
import { splitMarkdown } from './split-markdown.ts';

/** Characters rendered in one go: a few milliseconds. */
const PORTION = 6_000;

/** A message's Markdown. Long ones grow portion by portion, so that the page never stops. */
export function MessageText({ text }: { text: string }) {
  const portions = useMemo(() => splitMarkdown(text, PORTION), [text]);
  const [shown, setShown] = useState(1);
  useEffect(() => {
    if (shown >= portions.length) return undefined;
    const frame = requestAnimationFrame(() => setShown(shown + 1));
    return () => cancelAnimationFrame(frame);
  }, [shown, portions.length]);
  return (
    <div className={styles.markdown} dir="auto">
      {portions.slice(0, shown).map((portion, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- portions of one text never change their order
        <Portion key={at} text={portion} />
      ))}
    </div>
  );
}

/** Plain for an instant, then as Markdown when there is time for it; at once when it was rendered before. */
const Portion = memo(function Portion({ text }: { text: string }) {
  const isTime = useDeferredValue(true, isRendered(text));
  return isTime ? renderMarkdown(text) : <p className={styles.plain}>{text}</p>;
});
