/** Text for a terminal: what came from a source is shown, never obeyed. */

/** Control characters but tab and line feed: an escape in a message must not steer the terminal. */
const CONTROLS = /(?![\t\n])[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** The text without what would steer a terminal, lines kept. */
export function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(CONTROLS, '');
}

/** The text on one line. */
export function oneLine(text: string): string {
  return plain(text).replaceAll(/\s+/g, ' ').trim();
}

const WIDE =
  /\p{Extended_Pictographic}|\p{Regional_Indicator}|[\uFE0F\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;
const segmenter = new Intl.Segmenter();

/** How many columns a text takes: wide characters take two. */
export function columnsOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of segmenter.segment(text)) columns += WIDE.test(segment) ? 2 : 1;
  return columns;
}

/** The text cut to a number of columns, with `…` where something is missing. */
export function fit(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let taken = '';
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    width += columnsOf(segment);
    if (width > columns - 1) break;
    taken += segment;
  }
  return `${taken}…`;
}

/** `2026-11-21`, in this machine's time zone. */
export function localDay(time: number): string {
  return localTime(time).slice(0, 'yyyy-mm-dd'.length);
}

/** `2026-11-21 08:30`, in this machine's time zone. */
export function localTime(time: number): string {
  const date = new Date(time);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `12,000` */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** `1 session`, `12,000 sessions` */
export function counted(number: number, one: string): string {
  return `${count(number)} ${one}${number === 1 ? '' : 's'}`;
}

/** `1.2 MB`, in powers of ten like the limits. */
export function byteSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Heavier type, where it can be shown. */
export function strong(text: string, styled: boolean): string {
  return styled ? `\u001B[1m${text}\u001B[22m` : text;
}

/** Fainter type, where it can be shown. */
export function faint(text: string, styled: boolean): string {
  return styled ? `\u001B[2m${text}\u001B[22m` : text;
}
