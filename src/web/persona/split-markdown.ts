/** Long Markdown in portions that can be rendered one after the other, each in its own short task. */

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** A portion without a good place to end is ended anyway at this many times the size. */
const FORCED = 3;

/** Cuts between blocks: at blank lines outside code. Code that is too long is closed and opened again. */
export function splitMarkdown(text: string, size: number): string[] {
  const portions: string[] = [];
  let lines: string[] = [];
  let length = 0;
  let fence: string | null = null;
  const end = (next: string[]): void => {
    portions.push(lines.join('\n'));
    lines = next;
    length = 0;
  };
  for (const line of text.split('\n')) {
    lines.push(line);
    length += line.length + 1;
    const mark = FENCE.exec(line)?.[1];
    if (mark !== undefined) fence = fenceAfter(fence, line, mark);
    if (length < size) continue;
    if (fence === null && (line.trim() === '' || length >= size * FORCED)) end([]);
    else if (fence !== null && length >= size * FORCED) {
      lines.push(FENCE.exec(fence)?.[1] ?? '');
      end([fence]);
    }
  }
  if (lines.length > 0) end([]);
  return portions;
}

/** The line that opened the code we are in, or null outside. */
function fenceAfter(open: string | null, line: string, mark: string): string | null {
  if (open === null) return line;
  const opened = FENCE.exec(open)?.[1] ?? '';
  return mark[0] === opened[0] && mark.length >= opened.length ? null : open;
}
