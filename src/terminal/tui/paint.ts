const ESC = '\x1B';
/** The terminal shows what comes between these at once. Those that don't know it do nothing. */
const BEGIN = `${ESC}[?2026h`;
const END = `${ESC}[?2026l`;

/**
 * What to write so that a screen that shows `before` shows `after`: the lines that differ, each at its place. Nothing is scrolled and no
 * line depends on the one above it, so a character that is wider than we think harms its own line only.
 *
 * @param before null: the screen shows anything
 */
export function paint(before: readonly string[] | null, after: readonly string[]): string {
  const changed = after.flatMap((line, row) =>
    before?.[row] === line ? [] : [`${ESC}[${row + 1};1H${ESC}[0m${ESC}[2K${line}`],
  );
  if (before === null) return `${BEGIN}${ESC}[2J${changed.join('')}${END}`;
  return changed.length === 0 ? '' : `${BEGIN}${changed.join('')}${END}`;
}

/** A frame as so many lines, no more and no fewer. */
export function linesOf(frame: string, rows: number): string[] {
  const lines = frame.split('\n').slice(0, rows);
  return [...lines, ...Array.from({ length: rows - lines.length }, () => '')];
}
