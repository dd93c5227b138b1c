import type { Span } from '../model/span.ts';

/** A text with every run of white space as one space, none at the ends, and where each unit of it stood. */
export interface Folded {
  readonly text: string;
  readonly at: readonly number[];
}

export function fold(text: string): Folded {
  const at: number[] = [];
  let folded = '';
  let gap = -1;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i);
    if (/\s/.test(unit)) {
      if (gap === -1) gap = i;
      continue;
    }
    if (gap !== -1 && folded !== '') {
      folded += ' ';
      at.push(gap);
    }
    gap = -1;
    folded += unit;
    at.push(i);
  }
  return { text: folded, at };
}

/** Where words stand in a text, white space folded in both, each time, in order. */
export function* locate(words: string, text: Folded): Generator<Span> {
  const wanted = fold(words).text;
  if (wanted === '') return;
  for (let found = text.text.indexOf(wanted); found !== -1; found = text.text.indexOf(wanted, found + 1)) {
    const start = text.at[found];
    const last = text.at[found + wanted.length - 1];
    if (start !== undefined && last !== undefined) yield { start, end: last + 1 };
  }
}
