/** The three ways browsers hand out folders, as one. */
import type { PickedFile } from './browser-file.ts';
import { isDirectory, isFile } from './file-system-access.ts';
import type { Child, Folder } from './walk.ts';

/** A folder behind a handle, which can be read again later. */
export function handleFolder(handle: FileSystemDirectoryHandle, path: string = handle.name): Folder {
  return {
    path,
    async *children(): AsyncGenerator<Child> {
      for await (const child of handle.values()) {
        const childPath = `${path}/${child.name}`;
        if (isDirectory(child)) {
          yield { kind: 'folder', name: child.name, open: () => handleFolder(child, childPath) };
        } else if (isFile(child)) {
          yield { kind: 'file', name: child.name, open: () => pickedHandle(child, childPath, true) };
        }
      }
    },
  };
}

export async function pickedHandle(
  handle: FileSystemFileHandle,
  path: string = handle.name,
  folderSeen = false,
): Promise<PickedFile> {
  return { file: await handle.getFile(), handle, path, folderSeen };
}

/** A dropped folder where the browser gives no handles. */
export function entryFolder(entry: FileSystemDirectoryEntry, path: string = entry.name): Folder {
  return {
    path,
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

/** What `<input type="file">` gives: a flat list, with paths when a folder was chosen. */
export function listFolder(files: Iterable<File>): Folder {
  return {
    path: '',
    async *children(): AsyncGenerator<Child> {
      for (const file of files) {
        const path = file.webkitRelativePath === '' ? file.name : file.webkitRelativePath;
        const folderSeen = file.webkitRelativePath !== '';
        yield { kind: 'file', name: file.name, open: async () => ({ file, handle: null, path, folderSeen }) };
      }
    },
  };
}

function nextEntries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

export function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

export function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
