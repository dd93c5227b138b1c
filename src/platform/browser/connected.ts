/** The folders and files a person chose before, remembered as handles so that a click reads them again. */
import { del, entries, set } from 'idb-keyval';
import { isDirectory, isFile, mayRead } from './file-system-access.ts';
import { openDatabase } from './open-database.ts';
import type { Picked, PickedEntry } from './picked.ts';
import { pickedHandle } from './picked-handle.ts';

export interface Connected {
  readonly id: string;
  readonly label: string;
  readonly kind: 'folder' | 'files';
  readonly handles: readonly FileSystemHandle[];
}

const use = openDatabase('dramatis-connected');

/** Empty where the browser keeps nothing. */
export async function connectedPlaces(): Promise<readonly Connected[]> {
  try {
    return (await entries<string, Connected>(use)).map(([, place]) => place);
  } catch {
    return [];
  }
}

/** Remembers what was chosen, once, however often it is chosen. */
export async function connect({ handles, label }: Picked): Promise<void> {
  const [first] = handles;
  if (first === undefined) return;
  const known = await Promise.all(
    (await connectedPlaces()).map(async (place) => ((await isSame(place, handles)) ? place : null)),
  );
  const id = known.find((place) => place !== null)?.id ?? crypto.randomUUID();
  const place: Connected = { id, label, kind: isDirectory(first) ? 'folder' : 'files', handles };
  await set(id, place, use);
}

export async function disconnect(id: string): Promise<void> {
  await del(id, use);
}

/** Reads a place again. Null when the person said no. Only during a click. */
export async function readAgain({ handles, label }: Connected): Promise<Picked | null> {
  const entries: PickedEntry[] = [];
  for (const handle of handles) {
    if (!(await mayRead(handle))) return null;
    if (isDirectory(handle)) entries.push({ kind: 'handle', handle });
    else if (isFile(handle)) entries.push(await pickedHandle(handle));
  }
  return { entries, handles, label };
}

async function isSame(place: Connected, handles: readonly FileSystemHandle[]): Promise<boolean> {
  if (place.handles.length !== handles.length) return false;
  const same = await Promise.all(place.handles.map(async (handle, at) => handles[at]?.isSameEntry(handle)));
  return same.every(Boolean);
}
