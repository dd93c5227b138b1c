/** Lists the files of a dropped folder that may matter, within bounds: a person may drop their whole home. */
import type { PickedFile } from './browser-file.ts';
import { isAllowed, isWanted } from './wanted.ts';

export interface Folder {
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

export const WALK_LIMITS: WalkLimits = { depth: 9, entries: 300_000 };

export interface Walked {
  /** Nearest first. */
  readonly files: readonly PickedFile[];
  /** False when a bound was met. */
  readonly isWhole: boolean;
}

/** Throws the signal's reason when cancelled. */
export async function walk(root: Folder, signal: AbortSignal, limits: WalkLimits = WALK_LIMITS): Promise<Walked> {
  const found: PickedFile[] = [];
  let level: Folder[] = [root];
  let seen = 0;
  for (let depth = 0; depth <= limits.depth && level.length > 0; depth += 1) {
    const next: Folder[] = [];
    for (const folder of level) {
      for await (const child of folder.children()) {
        signal.throwIfAborted();
        seen += 1;
        if (seen > limits.entries) return { files: found, isWhole: false };
        if (child.kind === 'file' && isWanted(child.name)) found.push(await child.open());
        if (child.kind === 'folder' && isAllowed(child.name)) next.push(child.open());
      }
    }
    level = next;
  }
  return { files: found, isWhole: level.length === 0 };
}
