/** Keys with plain string values that may stand before `type`. */
const BEFORE = String.raw`\s*"[A-Za-z]{1,24}"\s*:\s*"[^"\\]{0,200}"\s*,`;
const LEADING_TYPE = new RegExp(String.raw`^\s*\{(?:${BEFORE}){0,8}?\s*"type"\s*:\s*"([a-z-]{1,24})"`);

/** The type of a part when it stands near the beginning of its JSON, else null. For large files, to know which to read. */
export function leadingType(start: string): string | null {
  return LEADING_TYPE.exec(start)?.[1] ?? null;
}
