/** Which names are looked at. Credentials never are, wherever they lie. */
const SKIPPED: ReadonlySet<string> = new Set(['auth.json', '.credentials.json', 'node_modules', '.git', 'snapshot']);

/** Databases, their logs, and sessions written as JSON. */
const WANTED = /\.(db|db-wal|json|jsonl)$/i;

/** Whether a folder is looked into, or a file may be opened at all. */
export function isAllowed(name: string): boolean {
  return !SKIPPED.has(name);
}

export function isWanted(name: string): boolean {
  return isAllowed(name) && WANTED.test(name);
}
