/** A value as JSON for a person to read. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? '';
}

/** What is left of an object without these fields, as JSON; empty when nothing is. */
export function restText(value: unknown, without: readonly string[] = []): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || Array.isArray(value)) return jsonText(value);
  const rest = Object.entries(value).filter(([name]) => !without.includes(name));
  return rest.length === 0 ? '' : jsonText(Object.fromEntries(rest));
}
