/** Prompts are kept whole up to this many characters. */
export const PROMPT_CHARACTERS = 2_000;
/** How many prompts of a session the catalog keeps. */
export const PROMPTS_KEPT = 5;

/** A prompt as the catalog keeps it: whole, or its first 2,000 characters (code points) with `...` after. */
export function catalogPrompt(text: string): string {
  if (text.length <= PROMPT_CHARACTERS) return text;
  let units = 0;
  let characters = 0;
  while (units < text.length && characters < PROMPT_CHARACTERS) {
    units += isPairAt(text, units) ? 2 : 1;
    characters += 1;
  }
  return units >= text.length ? text : `${text.slice(0, units)}...`;
}

function isPairAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 0xd800 || code > 0xdbff) return false;
  const next = text.charCodeAt(index + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}
