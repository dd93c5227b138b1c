/** Folders as a drop hands them out where the browser gives no handles. */
import type { PickedFile } from './browser-file.ts';
import type { Child, Folder } from './walk.ts';

export function entryFolder(entry: FileSystemDirectoryEntry, path: string = entry.name): Folder {
  return {
    async *children(): AsyncGenerator<Child> {
      const reader = entry.createReader();
      // a reader gives its entries in portions, and an empty one at the end
      for (let part = await nextEntries(reader); part.length > 0; part = await nextEntries(reader)) {
        for (const child of part) yield* entryChild(child, `${path}/${child.name}`);
      }
    },
  };
}

function* entryChild(entry: FileSystemEntry, path: string): Generator<Child> {
  if (isDirectoryEntry(entry)) yield { kind: 'folder', name: entry.name, open: () => entryFolder(entry, path) };
  else if (isFileEntry(entry)) yield { kind: 'file', name: entry.name, open: () => pickedEntry(entry, path, true) };
}

export async function pickedEntry(
  entry: FileSystemFileEntry,
  path: string = entry.name,
  folderSeen = false,
): Promise<PickedFile> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
  return { file, handle: null, path, folderSeen };
}

export function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

export function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function nextEntries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}
