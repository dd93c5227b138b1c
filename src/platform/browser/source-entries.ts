/** What a person chose, as core reads it. Only in a worker. */
import { problem, ProblemError } from '../../core/model/problem.ts';
import type { SourceEntry, SourceFile, SourceFolder } from '../../core/sources/byte-source.ts';
import type { PickedFile } from './browser-file.ts';
import { browserFile, openBrowserFile } from './browser-file.ts';
import { isDirectory, isFile } from './file-system-access.ts';
import type { PickedEntry } from './picked.ts';
import { isAllowed } from './wanted.ts';

export function sourceEntry(entry: PickedEntry): SourceEntry {
  if (!('kind' in entry)) return browserFile(entry);
  if (entry.kind === 'handle') return handleFolder(entry.handle, entry.path ?? entry.handle.name);
  return { ...listedFolder(entry.name, entry.files, 1), problems: entry.problems ?? [] };
}

function handleFolder(handle: FileSystemDirectoryHandle, path: string): SourceFolder {
  return {
    name: handle.name,
    path,
    child: async (name) => {
      try {
        return isAllowed(name) ? handleFolder(await handle.getDirectoryHandle(name), `${path}/${name}`) : null;
      } catch (error) {
        const isNone = error instanceof DOMException && ['NotFoundError', 'TypeMismatchError'].includes(error.name);
        if (isNone) return null;
        throw new ProblemError(problem('file-unreadable', 'error', path, unlistable(path, error)));
      }
    },
    list: async () => {
      const files: SourceFile[] = [];
      const folders: SourceFolder[] = [];
      try {
        for await (const child of handle.values()) {
          if (!isAllowed(child.name)) continue;
          const childPath = `${path}/${child.name}`;
          if (isDirectory(child)) folders.push(handleFolder(child, childPath));
          else if (isFile(child)) files.push(lazyFile(child, childPath));
        }
      } catch (error) {
        throw new ProblemError(problem('file-unreadable', 'error', path, unlistable(path, error)));
      }
      return { files, folders };
    },
  };
}

/** Without looking at the file: a folder may hold 100,000 of them. */
function lazyFile(handle: FileSystemFileHandle, path: string): SourceFile {
  return {
    name: handle.name,
    path,
    folderSeen: true,
    stat: async () => {
      const { size, lastModified } = await currentFile(handle, path);
      return { size, modified: lastModified };
    },
    open: async () => openBrowserFile(await currentFile(handle, path), path),
  };
}

async function currentFile(handle: FileSystemFileHandle, path: string): Promise<File> {
  try {
    return await handle.getFile();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError(
      problem('file-unreadable', 'error', path, `${path} can't be opened (${reason}). Choose its folder again.`),
    );
  }
}

/** A tree made again of the paths of its files. `depth`: how many names of the path lead to this folder. */
function listedFolder(path: string, files: readonly PickedFile[], depth: number): SourceFolder {
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    list: async () => {
      const here: SourceFile[] = [];
      const below = new Map<string, PickedFile[]>();
      for (const picked of files) {
        const names = picked.path.split('/');
        const name = names[depth] ?? '';
        if (names.length === depth + 1) here.push(browserFile(picked));
        else if (below.get(name)?.push(picked) === undefined) below.set(name, [picked]);
      }
      const folders = [...below].map(([name, inside]) => listedFolder(`${path}/${name}`, inside, depth + 1));
      return { files: here, folders };
    },
  };
}

function unlistable(path: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `${path} can't be listed (${reason}). Choose it again.`;
}
