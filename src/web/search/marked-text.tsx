import type { Marked } from '../../core/model/search-views.ts';

/** A text with what was found in it marked. */
export function MarkedText({ text: { text, marks } }: { text: Marked }) {
  const pieces = marks.map(({ start, end }, at) => ({
    before: text.slice(marks[at - 1]?.end ?? 0, start),
    start,
    end,
  }));
  return (
    <>
      {pieces.map(({ before, start, end }) => (
        <span key={start}>
          {before}
          <mark>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(marks.at(-1)?.end ?? 0)}
    </>
  );
}
