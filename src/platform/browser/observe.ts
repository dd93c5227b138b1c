/** Tells when what stands in a connected place changes, where the browser can: FileSystemObserver. */
import type { FileSystemChangeRecord } from './file-system-access.ts';
import { isAllowed, isWanted } from './wanted.ts';

export interface Watching {
  /** Something that may matter was written. */
  readonly onChange: () => void;
  /** The place is gone, or may not be read any more: nothing more will be told. */
  readonly onLost: () => void;
}

export function canObserve(): boolean {
  return globalThis.FileSystemObserver !== undefined;
}

/** Gives the function that ends it. Throws what the browser throws when a handle can't be observed. */
export async function observe(handles: readonly FileSystemHandle[], watching: Watching): Promise<() => void> {
  const Observer = globalThis.FileSystemObserver;
  if (Observer === undefined) throw new Error('this browser has no FileSystemObserver');
  const observer = new Observer((records) => {
    if (records.some(({ type }) => type === 'errored')) watching.onLost();
    else if (records.some(mayMatter)) watching.onChange();
  });
  try {
    for (const handle of handles) await observer.observe(handle, { recursive: true });
  } catch (error) {
    observer.disconnect();
    throw error;
  }
  return () => observer.disconnect();
}

/** Not the tools' own logs, nor what is never read. A folder that came or went may hold what is. */
export function mayMatter({ type, relativePathComponents: names }: FileSystemChangeRecord): boolean {
  if (!names.every(isAllowed)) return false;
  const name = names.at(-1);
  return type !== 'modified' || name === undefined || isWanted(name);
}
