/** Tells when what stands in a connected place changes, where the browser can: FileSystemObserver. */
import type { FileSystemChangeRecord } from './file-system-access.ts';
import type { ToldPath } from './told.ts';
import { isAllowed, isWanted } from './wanted.ts';

export interface Watching {
  /** Something that may matter was written. @param paths null when the browser does not say where */
  readonly onChange: (paths: readonly ToldPath[] | null) => void;
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
    if (records.some(({ type }) => type === 'errored')) return watching.onLost();
    const paths = changedPaths(records);
    if (paths === null || paths.length > 0) watching.onChange(paths);
  });
  try {
    for (const handle of handles) await observer.observe(handle, { recursive: true });
  } catch (error) {
    observer.disconnect();
    throw error;
  }
  return () => observer.disconnect();
}

/**
 * What changed of what may matter: not the tools' own logs, nor what is never read. A folder that came or went may hold what is.
 * Null when it is not said where.
 */
export function changedPaths(records: readonly FileSystemChangeRecord[]): readonly ToldPath[] | null {
  const paths = records.map(pathsOf);
  return paths.includes(null) ? null : paths.flatMap((each) => each ?? []);
}

function pathsOf(record: FileSystemChangeRecord): readonly ToldPath[] | null {
  const { type, relativePathComponents: path, relativePathMovedFrom: from } = record;
  const told = type === 'moved' ? [path, from] : [path];
  if (type === 'unknown' || !told.every((each) => isSaid(each))) return null;
  return told.filter(isSaid).filter((each) => mayMatter(type, each));
}

/** Of what is observed itself the path is empty. */
function isSaid(path: ToldPath | null | undefined): path is ToldPath {
  return path !== null && path !== undefined && path.length > 0;
}

function mayMatter(type: FileSystemChangeRecord['type'], names: ToldPath): boolean {
  return names.every(isAllowed) && (type !== 'modified' || isWanted(names.at(-1) ?? ''));
}
