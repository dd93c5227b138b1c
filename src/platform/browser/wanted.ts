import { isKeyFile, isSecretFolder } from '../../core/sources/secrets.ts';

/** Large, and never of ours. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git', 'snapshot']);

/** Databases, their logs, and sessions written as JSON. */
const WANTED = /\.(?:(?:db|sqlite|sqlite3)(?:-wal)?|json|jsonl)$/i;

/** Whether a folder is looked into, or a file may be opened at all: what holds keys never is, wherever it lies. */
export function isAllowed(name: string): boolean {
  return !SKIPPED.has(name) && !isKeyFile(name) && !isSecretFolder(name);
}

export function isWanted(name: string): boolean {
  return isAllowed(name) && WANTED.test(name);
}
