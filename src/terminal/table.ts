import type { Io } from './io.ts';
import { columnsOf, fit, strong } from './text.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Takes what the others leave; only the last one may. */
  readonly flexible?: boolean;
}

const GAP = '  ';

/** Rows under their titles, aligned; the flexible column is cut to the terminal's width, and whole where there is none. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], io: Io): string {
  const widths = columns.map(({ title }, at) =>
    Math.max(columnsOf(title), ...rows.map((row) => columnsOf(row[at] ?? ''))),
  );
  const fixed = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
  const cells = (row: readonly string[]) => columns.map((column, at) => cell(row[at] ?? '', column, widths[at] ?? 0));
  const line = (row: readonly string[]) => {
    const text = cells(row).join(GAP).trimEnd();
    return io.width === null ? text : fit(text, Math.max(io.width, fixed + 1));
  };
  const head = strong(line(columns.map(({ title }) => title)), io.styled);
  return `${[head, ...rows.map(line)].join('\n')}\n`;
}

function cell(text: string, { align, flexible }: Column, width: number): string {
  if (flexible) return text;
  const space = ' '.repeat(Math.max(0, width - columnsOf(text)));
  return align === 'right' ? space + text : text + space;
}
