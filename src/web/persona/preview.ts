/** What is shown of a long message before it is opened. */
const PREVIEW_CHARACTERS = 1_200;
const PREVIEW_LINES = 24;
/** A message that is only a little longer is shown whole: opening it would show next to nothing. */
const SLACK = 1.25;

/** The head of a text, ended at a line where there is one. The text itself when it is short. */
export function previewOf(text: string): string {
  const tooLong = text.length > PREVIEW_CHARACTERS * SLACK;
  const lines = endOfLine(text, PREVIEW_LINES * SLACK) === -1 ? -1 : endOfLine(text, PREVIEW_LINES);
  if (!tooLong && lines === -1) return text;
  const limit = lines === -1 ? PREVIEW_CHARACTERS : Math.min(lines, PREVIEW_CHARACTERS);
  const lineEnd = text.lastIndexOf('\n', limit);
  return text.slice(0, lineEnd > limit / 2 ? lineEnd : wholeCharacters(text, limit));
}

/** Where the nth line ends; -1 when there are fewer. */
function endOfLine(text: string, count: number): number {
  let at = -1;
  for (let line = 0; line < count; line += 1) {
    at = text.indexOf('\n', at + 1);
    if (at === -1) return -1;
  }
  return at;
}

/** Never cuts a surrogate pair in two. */
function wholeCharacters(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
