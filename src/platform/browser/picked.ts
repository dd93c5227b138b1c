import type { Problem } from '../../core/model/problem.ts';
import type { PickedFile } from './browser-file.ts';

/** A folder behind a handle: it is looked through in the worker, and can be read again later. */
export interface HandleFolder {
  readonly kind: 'handle';
  readonly handle: FileSystemDirectoryHandle;
  /** What the paths in it begin with, when that is not its name. */
  readonly path?: string;
}

/** A folder where the browser gives no handles: what of it may matter, as files. */
export interface ListedFolder {
  readonly kind: 'list';
  readonly name: string;
  readonly files: readonly PickedFile[];
  /** What could not be seen of it. */
  readonly problems?: readonly Problem[];
}

/** Something a person chose, as it crosses to the worker. */
export type PickedEntry = PickedFile | HandleFolder | ListedFolder;

/** What a person chose in one go. */
export interface Picked {
  readonly entries: readonly PickedEntry[];
  /** Handles to read it again later without asking for it anew; empty where the browser gives none. */
  readonly handles: readonly FileSystemHandle[];
  /** What to call it: `opencode`, `opencode.db`. */
  readonly label: string;
}

export function labelOf(names: readonly string[]): string {
  const main = names.find((name) => !name.endsWith('-wal') && !name.endsWith('-shm')) ?? names[0];
  return main ?? '';
}
