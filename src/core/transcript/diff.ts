/** Which lines of a text were taken out and which came in, by Myers' shortest edit, bounded. */

export interface DiffLine {
  /** ` ` stands in both. */
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** Texts that differ more than this are shown as one taken out and one put in: finding out more would take too long. */
const MOST_CHANGES = 1_000;

export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const middle = changes(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return [...marked(' ', a.slice(0, start)), ...middle, ...marked(' ', a.slice(a.length - end))];
}

/** No text has no line; any other has one more than it has breaks. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

function marked(mark: DiffLine['mark'], lines: readonly string[]): DiffLine[] {
  return lines.map((text) => ({ mark, text }));
}

function changes(a: readonly string[], b: readonly string[]): DiffLine[] {
  const trace = a.length === 0 || b.length === 0 ? null : traceOf(a, b);
  return trace === null ? [...marked('-', a), ...marked('+', b)] : walkBack(a, b, trace);
}

/** How far each diagonal was reached with each number of changes; null when too many are needed. */
function traceOf(a: readonly string[], b: readonly string[]): Int32Array[] | null {
  const most = Math.min(a.length + b.length, MOST_CHANGES);
  const reached = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let count = 0; count <= most; count += 1) {
    trace.push(reached.slice(most + 1 - count - 1, most + 1 + count + 2));
    for (let diagonal = -count; diagonal <= count; diagonal += 2) {
      const at = most + 1 + diagonal;
      const [down, right] = [reached[at + 1] ?? 0, (reached[at - 1] ?? 0) + 1];
      let x = diagonal === -count || (diagonal !== count && right <= down) ? down : right;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reached[at] = x;
      if (x >= a.length && x - diagonal >= b.length) return trace;
    }
  }
  return null;
}

function walkBack(a: readonly string[], b: readonly string[], trace: readonly Int32Array[]): DiffLine[] {
  const lines: DiffLine[] = [];
  let [x, y] = [a.length, b.length];
  for (let count = trace.length - 1; count >= 0; count -= 1) {
    const reached = (diagonal: number): number => trace[count]?.[diagonal + count + 1] ?? 0;
    const diagonal = x - y;
    const cameDown = diagonal === -count || (diagonal !== count && reached(diagonal - 1) + 1 <= reached(diagonal + 1));
    const before = count === 0 ? 0 : cameDown ? diagonal + 1 : diagonal - 1;
    const fromX = count === 0 ? 0 : reached(before);
    const fromY = fromX - before;
    while (x > fromX && y > fromY && a[x - 1] === b[y - 1]) {
      lines.push({ mark: ' ', text: a[(x -= 1)] ?? '' });
      y -= 1;
    }
    if (count === 0) break;
    if (cameDown) lines.push({ mark: '+', text: b[(y -= 1)] ?? '' });
    else lines.push({ mark: '-', text: a[(x -= 1)] ?? '' });
  }
  return lines.toReversed();
}
