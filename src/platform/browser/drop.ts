/** What was dropped on the page, as files. */
import { problem } from '../../core/model/problem.ts';
import { handleOf, isDirectory, isFile } from './file-system-access.ts';
import { entryFolder, isDirectoryEntry, isFileEntry, pickedEntry } from './entry-folder.ts';
import type { Picked, PickedEntry } from './picked.ts';
import { labelOf } from './picked.ts';
import { pickedHandle } from './picked-handle.ts';
import type { Walked } from './walk.ts';
import { walk } from './walk.ts';

/** One dropped thing, in every form the browser gave it. */
interface Dropped {
  readonly handle: Promise<FileSystemHandle | null> | null;
  readonly entry: FileSystemEntry | null;
  readonly file: File | null;
}

/**
 * Takes what was dropped. The items live only as long as the event: everything is asked of them before the first wait.
 * Call it in the handler itself and then await what it gives.
 */
export function takeDrop(transfer: DataTransfer, signal: AbortSignal): Promise<Picked> {
  const dropped = [...transfer.items].filter((item) => item.kind === 'file').map(takeItem);
  return readDrop(dropped, signal);
}

function takeItem(item: DataTransferItem): Dropped {
  return { handle: handleOf(item), entry: item.webkitGetAsEntry(), file: item.getAsFile() };
}

async function readDrop(dropped: readonly Dropped[], signal: AbortSignal): Promise<Picked> {
  const handles = await Promise.all(dropped.map(({ handle }) => settled(handle)));
  const entries: PickedEntry[] = [];
  for (const [at, item] of dropped.entries()) {
    const entry = await entryOf(handles[at] ?? null, item, signal);
    if (entry !== null) entries.push(entry);
  }
  const kept = handles.filter((handle) => handle !== null);
  const names = dropped.map(({ entry, file }, at) => handles[at]?.name ?? entry?.name ?? file?.name ?? '');
  return { entries, handles: kept.length === dropped.length ? kept : [], label: labelOf(names) };
}

async function entryOf(
  handle: FileSystemHandle | null,
  { entry, file }: Dropped,
  signal: AbortSignal,
): Promise<PickedEntry | null> {
  if (handle !== null && isDirectory(handle)) return { kind: 'handle', handle };
  if (handle !== null && isFile(handle)) return pickedHandle(handle);
  if (entry !== null && isDirectoryEntry(entry)) {
    return listOf(entry.name, await walk(entryFolder(entry), signal));
  }
  if (file !== null) return { file, handle: null, path: file.name, folderSeen: false };
  return entry !== null && isFileEntry(entry) ? pickedEntry(entry) : null;
}

function listOf(name: string, { files, isWhole }: Walked): PickedEntry {
  if (isWhole) return { kind: 'list', name, files };
  const text = `${name} holds more than could be looked through. Choose the folder with the sessions itself.`;
  return { kind: 'list', name, files, problems: [problem('search-stopped', 'warning', name, text)] };
}

/** Null when the browser gives no handle after all, as for files that a page made: it says `undefined` then, or throws. */
async function settled(handle: Promise<FileSystemHandle | null> | null): Promise<FileSystemHandle | null> {
  try {
    return (await handle) ?? null;
  } catch {
    return null;
  }
}
