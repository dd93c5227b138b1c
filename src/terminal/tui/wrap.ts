import { columnsOf } from '../text.ts';

const segmenter = new Intl.Segmenter();
const TAB = '    ';

let last: { readonly text: string; readonly columns: number; readonly lines: readonly string[] } | null = null;

/** A text as lines of at most so many columns, broken between words where there are any. The last one is remembered. */
export function wrapped(text: string, columns: number): readonly string[] {
  if (last?.text === text && last.columns === columns) return last.lines;
  const lines = text
    .replaceAll('\t', TAB)
    .split('\n')
    .flatMap((line) => wrappedLine(line, columns));
  last = { text, columns, lines };
  return lines;
}

function wrappedLine(line: string, columns: number): string[] {
  if (columnsOf(line) <= columns) return [line];
  const lines: string[] = [];
  let current = '';
  let width = 0;
  for (const word of line.split(/(?<=\s)(?=\S)/)) {
    const needed = columnsOf(word.trimEnd());
    if (width > 0 && width + needed > columns) {
      lines.push(current.trimEnd());
      [current, width] = ['', 0];
    }
    for (const { segment } of needed > columns ? segmenter.segment(word) : [{ segment: word }]) {
      const more = columnsOf(segment);
      if (needed > columns && width + more > columns) {
        lines.push(current);
        [current, width] = ['', 0];
      }
      current += segment;
      width += more;
    }
  }
  return [...lines, current.trimEnd()];
}
