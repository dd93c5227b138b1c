/** Finds the files worth reading in a folder, within bounds: a person may drop their whole home. */
import type { PickedFile } from './browser-file.ts';

/** A folder, however the browser hands it out. */
export interface Folder {
  readonly path: string;
  children(): AsyncIterable<Child>;
}

export type Child =
  | { readonly kind: 'folder'; readonly name: string; open(): Folder }
  | { readonly kind: 'file'; readonly name: string; open(): Promise<PickedFile> };

export interface WalkLimits {
  readonly depth: number;
  /** Files and folders looked at. */
  readonly entries: number;
}

export const WALK_LIMITS: WalkLimits = { depth: 6, entries: 100_000 };

/** Never looked into: credentials, and folders that are large and hold no sessions. */
const SKIPPED: ReadonlySet<string> = new Set(['auth.json', 'node_modules', '.git', 'snapshot']);

/** Core answers for these in its own words; one of a kind is enough for that. */
const WITNESSES = ['.jsonl', '.json'] as const;

/**
 * Databases and their logs below a folder, nearest first. Where there are none, one file of another known kind, so that
 * the answer can say what the folder is. Throws the signal's reason when cancelled.
 */
export async function walk(
  root: Folder,
  signal: AbortSignal,
  limits: WalkLimits = WALK_LIMITS,
): Promise<readonly PickedFile[]> {
  const found: PickedFile[] = [];
  const witnesses = new Map<string, () => Promise<PickedFile>>();
  let level: Folder[] = [root];
  let seen = 0;
  for (let depth = 0; depth <= limits.depth && level.length > 0; depth += 1) {
    const next: Folder[] = [];
    for (const folder of level) {
      for await (const child of folder.children()) {
        signal.throwIfAborted();
        seen += 1;
        if (seen > limits.entries) return withWitness(found, witnesses);
        if (SKIPPED.has(child.name)) continue;
        if (child.kind === 'folder') next.push(child.open());
        else if (isDatabase(child.name)) found.push(await child.open());
        else remember(witnesses, child);
      }
    }
    level = next;
  }
  return withWitness(found, witnesses);
}

function isDatabase(name: string): boolean {
  return /\.db(-wal)?$/i.test(name);
}

function remember(
  witnesses: Map<string, () => Promise<PickedFile>>,
  child: { name: string; open(): Promise<PickedFile> },
): void {
  const end = WITNESSES.find((ending) => child.name.toLowerCase().endsWith(ending));
  if (end !== undefined && !witnesses.has(end)) witnesses.set(end, () => child.open());
}

async function withWitness(
  found: readonly PickedFile[],
  witnesses: ReadonlyMap<string, () => Promise<PickedFile>>,
): Promise<readonly PickedFile[]> {
  if (found.length > 0) return found;
  const witness = WITNESSES.map((end) => witnesses.get(end)).find((open) => open !== undefined);
  return witness === undefined ? [] : [await witness()];
}
