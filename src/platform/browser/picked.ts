import type { PickedFile } from './browser-file.ts';

/** What a person chose in one go. */
export interface Picked {
  readonly files: readonly PickedFile[];
  /** Handles to read it again later without asking for it anew; empty where the browser gives none. */
  readonly handles: readonly FileSystemHandle[];
  /** What to call it: `opencode`, `opencode.db`. */
  readonly label: string;
}

export function labelOf(names: readonly string[]): string {
  const main = names.find((name) => !name.endsWith('-wal') && !name.endsWith('-shm')) ?? names[0];
  return main ?? '';
}
