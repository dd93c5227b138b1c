/** From what a model wrote to the object it meant: without thinking, fences and words around it. */

const THINKING = 'think|thinking|thought|reasoning|reflection|seed:think';
const OPENING = new RegExp(`<(?:${THINKING})>|\\[THINK\\]|<\\|channel\\|>analysis<\\|message\\|>`, 'i');
const CLOSING = new RegExp(`</(?:${THINKING})>|\\[/THINK\\]|<\\|channel\\|>final<\\|message\\|>`, 'gi');
const FENCE = /(?:```|~~~)[\w-]*[ \t]*\r?\n?([\s\S]*?)(?:```|~~~)/g;

/** The JSON of a reply; undefined where there is none. */
export function jsonOfReply(text: string): unknown {
  for (const candidate of candidates(text.trim())) {
    const value = parsed(candidate);
    if (typeof value === 'object' && value !== null) return value;
  }
  return undefined;
}

function* candidates(text: string): Generator<string> {
  yield text;
  const said = withoutThinking(text);
  if (said === null) return;
  yield said;
  for (const { 1: fenced = '' } of said.matchAll(FENCE)) yield fenced;
  const [first, last] = [said.indexOf('{'), said.lastIndexOf('}')];
  if (first !== -1 && last > first) yield said.slice(first, last + 1);
}

/** What comes after the thinking; null when the model never stopped thinking. Some write only the tag that closes. */
function withoutThinking(text: string): string | null {
  const closing = [...text.matchAll(CLOSING)].at(-1);
  if (closing !== undefined) return text.slice(closing.index + closing[0].length).trim();
  return OPENING.test(text) ? null : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
