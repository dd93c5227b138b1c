/** A fence at the beginning of a line, and what stands behind it. */
const FENCE = /^( {0,3})(`{3,}|~{3,})(.*)$/;
/** A line that begins a list or a quote: what is indented below it ends with it. */
const CONTAINER = /^ {0,3}(?:[-*+>]|\d{1,9}[.)])/;

/** A text in Markdown with the fence ended that it leaves open, as an answer that was cut short does: else it would take in what follows. */
export function withFenceEnded(text: string): string {
  let open: string | null = null;
  let isContained = false;
  for (const line of text.split('\n')) {
    const [, indent = '', fence = '', rest = ''] = FENCE.exec(line) ?? [];
    if (open !== null) {
      if (fence.startsWith(open) && rest.trim() === '') open = null;
      continue;
    }
    if (/^\S/.test(line)) isContained = CONTAINER.test(line);
    const isInline = fence.startsWith('`') && rest.includes('`');
    if (fence !== '' && !isInline && (indent === '' || !isContained)) open = fence;
  }
  return open === null ? text : `${text}\n${open}`;
}
