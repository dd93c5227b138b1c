import { readdir, realpath } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import type { Dirent } from 'node:fs';
import { problem, ProblemError } from '../../core/model/problem.ts';
import type { SourceEntry, SourceFile, SourceFolder } from '../../core/sources/byte-source.ts';
import { isFile, isFolder } from '../../core/sources/byte-source.ts';
import { nodeFile } from './node-file.ts';

/**
 * A folder of this machine, as core walks it. Links to folders are followed once: one that leads back to a folder above it is
 * left out.
 *
 * @param path as the person wrote it
 */
export function nodeFolder(path: string, above: readonly string[] = []): SourceFolder {
  return {
    name: basename(path),
    path: path.split(sep).join('/'),
    list: async () => {
      const entries = await readEntries(path);
      const here = [...above, await realpath(path)];
      const listed = await Promise.all(entries.map((entry) => toEntry(join(path, entry.name), entry, here)));
      const known = listed.filter((entry) => entry !== null);
      return { files: known.filter(isFile), folders: known.filter(isFolder) };
    },
  };
}

async function toEntry(path: string, entry: Dirent, above: readonly string[]): Promise<SourceEntry | null> {
  if (entry.isFile()) return lazyFile(path);
  if (entry.isDirectory()) return nodeFolder(path, above);
  if (!entry.isSymbolicLink()) return null;
  try {
    const target = await realpath(path);
    if (above.includes(target)) return null;
    await readdir(target);
    return nodeFolder(path, above);
  } catch {
    // a link to a file, or to nothing: opening it will tell
    return lazyFile(path);
  }
}

/** Without looking at the file: a folder may hold 100,000 of them. */
function lazyFile(path: string): SourceFile {
  const open = async (): ReturnType<SourceFile['open']> => nodeFile(path).open();
  return { name: basename(path), path: path.split(sep).join('/'), folderSeen: true, open };
}

async function readEntries(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError(problem('file-unreadable', 'error', path, `${path} can't be listed: ${reason}.`));
  }
}
