import xterm, { type Terminal } from '@xterm/headless';
import { paint } from './paint.ts';

export function newScreen(columns: number, rows: number): Terminal {
  return new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
}

export interface SeenLine {
  readonly text: string;
  /** By column; the second half of a wide character is empty. */
  readonly cells: readonly string[];
}

/** Lines as a terminal of a size shows them once they are painted. */
export async function seen(lines: readonly string[], size: { columns: number; rows: number }): Promise<SeenLine[]> {
  const screen = newScreen(size.columns, size.rows);
  // as the program sets it up: a line that is too long is cut at the edge
  await new Promise<void>((resolve) => screen.write(`\x1B[?7l${paint(null, lines)}`, resolve));
  return Array.from({ length: size.rows }, (_, row) => {
    const line = screen.buffer.active.getLine(row);
    const cells = Array.from({ length: size.columns }, (_, column) => line?.getCell(column)?.getChars() ?? '');
    return { text: line?.translateToString(true) ?? '', cells };
  });
}
