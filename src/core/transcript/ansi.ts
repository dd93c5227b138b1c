/** Colours of terminal output. Only colours and weights are understood; whatever else a terminal would do is left out. */

export interface AnsiStyle {
  /** 0 to 7, the names of a terminal's colours; null for the usual one. Bright ones count as the same. */
  readonly color: number | null;
  readonly bold: boolean;
  readonly faint: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
}

export interface AnsiSpan extends AnsiStyle {
  readonly text: string;
}

const PLAIN: AnsiStyle = { color: null, bold: false, faint: false, italic: false, underline: false };
/** CSI and OSC sequences, and the two-byte ones. */
// eslint-disable-next-line no-control-regex -- escape characters are what is looked for
const SEQUENCE = /\u001b(?:\[([0-?]*)[ -/]*([@-~])|\][^\n\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;

/** The text without what steers a terminal. */
export function withoutAnsi(text: string): string {
  return text.includes('\u001b') ? text.replace(SEQUENCE, '') : text;
}

/** Stretches of one look. Together they are {@link withoutAnsi}. */
export function ansiSpans(text: string): AnsiSpan[] {
  const spans: AnsiSpan[] = [];
  let style = PLAIN;
  let from = 0;
  const add = (to: number): void => {
    if (to > from) spans.push({ ...style, text: text.slice(from, to) });
  };
  for (const found of text.matchAll(SEQUENCE)) {
    const [sequence, parameters = '', final] = found;
    add(found.index);
    from = found.index + sequence.length;
    if (final === 'm') style = styled(style, parameters);
  }
  add(text.length);
  return spans;
}

/** @param parameters of an SGR sequence: `1;31` */
function styled(style: AnsiStyle, parameters: string): AnsiStyle {
  let next = style;
  const codes = parameters.split(/[;:]/).map(Number);
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    // one of many colours: 38;5;N or 38;2;R;G;B. Which one is not shown
    if (code === 38 || code === 48 || code === 58) at += codes[at + 1] === 2 ? 4 : 2;
    else next = withCode(next, code);
  }
  return next;
}

function withCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, faint: true };
  if (code === 3) return { ...style, italic: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 22) return { ...style, bold: false, faint: false };
  if (code === 23) return { ...style, italic: false };
  if (code === 24) return { ...style, underline: false };
  if (code === 39) return { ...style, color: null };
  if (code >= 30 && code <= 37) return { ...style, color: code - 30 };
  if (code >= 90 && code <= 97) return { ...style, color: code - 90 };
  return style;
}
