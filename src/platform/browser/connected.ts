/**
 * The folders and files a person chose before, remembered as handles so that they can be read again. Each is known by a label
 * that no other one has: two folders of the same name are two places, and what is read from them is kept apart.
 */
import { del, entries, get, set } from 'idb-keyval';
import { isDirectory, isFile } from './file-system-access.ts';
import { openDatabase } from './open-database.ts';
import type { Picked, PickedEntry } from './picked.ts';
import { labelOf } from './picked.ts';
import { pickedHandle } from './picked-handle.ts';

export interface Connected {
  readonly id: string;
  /** What its sources' paths begin with: `opencode`, or `opencode (2)` for another folder of that name. */
  readonly label: string;
  readonly kind: 'folder' | 'files';
  readonly handles: readonly FileSystemHandle[];
  /** Whether to read it again whenever it changes, where the browser tells. */
  readonly watch: boolean;
}

/** What was chosen, under the paths it will be known by again. */
export interface Placed {
  readonly entries: readonly PickedEntry[];
  /** Empty where the browser gives no handles. */
  readonly places: readonly Connected[];
}

const use = openDatabase('dramatis-connected');

/** Empty where the browser keeps nothing. */
export async function connectedPlaces(): Promise<readonly Connected[]> {
  try {
    // what was kept before places could be watched has no word on it
    return (await entries<string, Connected>(use)).map(([, place]) => ({ ...place, watch: place.watch ?? true }));
  } catch {
    return [];
  }
}

/** Finds the places that were chosen, and names those that are new. Nothing is remembered until {@link keepPlaces}. */
export async function placesFor(picked: Picked): Promise<Placed> {
  if (picked.handles.length === 0) return { entries: picked.entries, places: [] };
  const known = [...(await connectedPlaces())];
  const places: Connected[] = [];
  for (const handles of partsOf(picked.handles)) {
    const place = (await findSame(known, handles)) ?? newPlace(handles, known);
    if (!known.includes(place)) known.push(place);
    places.push(place);
  }
  return { entries: (await Promise.all(places.map(entriesOf))).flat(), places };
}

export async function keepPlaces(places: readonly Connected[]): Promise<void> {
  for (const place of places) await set(place.id, place, use);
}

export async function setWatch(id: string, watch: boolean): Promise<void> {
  const place = await get<Connected>(id, use);
  if (place !== undefined) await set(id, { ...place, watch }, use);
}

export async function disconnect(id: string): Promise<void> {
  await del(id, use);
}

/** What is there now, under the paths this place is known by. Throws NotFoundError when a file of it is gone. */
export function entriesOf(place: Connected): Promise<PickedEntry[]> {
  const [first] = place.handles;
  return Promise.all(
    place.handles.map(async (handle): Promise<PickedEntry> => {
      if (isDirectory(handle)) return { kind: 'handle', handle, path: place.label };
      if (!isFile(handle)) throw new TypeError(`${first?.name ?? place.label} is neither a file nor a folder`);
      const file = await pickedHandle(handle);
      return isPlain(place) ? file : { ...file, path: `${place.label}/${handle.name}` };
    }),
  );
}

/** The paths everything read from a place begins with. */
export function rootsOf(place: Connected): readonly string[] {
  return place.kind === 'files' && isPlain(place) ? place.handles.map(({ name }) => name) : [place.label];
}

/** Each folder is a place of its own; files chosen together belong together. */
function partsOf(handles: readonly FileSystemHandle[]): FileSystemHandle[][] {
  const files = handles.filter(isFile);
  return [...handles.filter(isDirectory).map((folder) => [folder]), ...(files.length === 0 ? [] : [files])];
}

function newPlace(handles: readonly FileSystemHandle[], known: readonly Connected[]): Connected {
  const names = handles.map(({ name }) => name);
  const taken = new Set(known.flatMap((place) => [place.label, ...rootsOf(place)]));
  const name = labelOf(names);
  let label = names.some((each) => taken.has(each)) ? `${name} (2)` : name;
  for (let copy = 3; taken.has(label); copy += 1) label = `${name} (${copy})`;
  const kind = handles.some(isDirectory) ? 'folder' : 'files';
  return { id: crypto.randomUUID(), label, kind, handles, watch: true };
}

/** Files keep their bare names unless another place has them. */
function isPlain({ label, handles }: Connected): boolean {
  return label === labelOf(handles.map(({ name }) => name));
}

async function findSame(
  places: readonly Connected[],
  handles: readonly FileSystemHandle[],
): Promise<Connected | undefined> {
  for (const place of places) if (await isSame(place, handles)) return place;
  return undefined;
}

async function isSame(place: Connected, handles: readonly FileSystemHandle[]): Promise<boolean> {
  if (place.handles.length !== handles.length) return false;
  const same = await Promise.all(place.handles.map(async (handle, at) => handles[at]?.isSameEntry(handle)));
  return same.every(Boolean);
}
