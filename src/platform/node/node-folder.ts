import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { problem, ProblemError } from '../../core/model/problem.ts';
import type { SourceEntry, SourceFile, SourceFolder } from '../../core/sources/byte-source.ts';
import { isFile, isFolder } from '../../core/sources/byte-source.ts';
import { walOf } from './linked-wal.ts';
import { nodeFile } from './node-file.ts';

const DATABASE = /\.db$/i;

/**
 * A folder of this machine, as core walks it. Links are followed; one that leads back to a folder above it is left out, so that
 * every way down ends. What is neither file nor folder (a pipe, a socket) is left out too: opening it might never end.
 *
 * @param path absolute
 * @param above the folders it was reached through, links resolved
 */
export function nodeFolder(path: string, above: readonly string[] = []): SourceFolder {
  return {
    name: basename(path),
    path: path.split(sep).join('/'),
    list: async () => {
      const [entries, self] = await readFolder(path);
      const names = new Set(entries.map(({ name }) => name));
      const here = [...above, self];
      const listed = await Promise.all(entries.map((entry) => toEntries(join(path, entry.name), entry, here, names)));
      const known = listed.flat();
      return { files: known.filter(isFile), folders: known.filter(isFolder) };
    },
  };
}

async function toEntries(
  path: string,
  entry: Dirent,
  above: readonly string[],
  names: ReadonlySet<string>,
): Promise<readonly SourceEntry[]> {
  if (entry.isFile()) return [lazyFile(path)];
  if (entry.isDirectory()) return [nodeFolder(path, above)];
  if (!entry.isSymbolicLink()) return [];
  try {
    const target = await realpath(path);
    const found = await stat(target);
    if (found.isDirectory()) return above.includes(target) ? [] : [nodeFolder(path, above)];
    if (!found.isFile()) return [];
    const wal = DATABASE.test(path) && !names.has(`${entry.name}-wal`) ? await walOf(path) : null;
    return wal === null ? [lazyFile(path)] : [lazyFile(path), wal];
  } catch {
    return [lazyFile(path)]; // a link to nothing: who opens it is told
  }
}

/** Without looking at the file: a folder may hold 100,000 of them. */
function lazyFile(path: string): SourceFile {
  const open = async (): ReturnType<SourceFile['open']> => nodeFile(path).open();
  return { name: basename(path), path: path.split(sep).join('/'), folderSeen: true, open };
}

async function readFolder(path: string): Promise<[Dirent[], string]> {
  try {
    return await Promise.all([readdir(path, { withFileTypes: true }), realpath(path)]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError(problem('file-unreadable', 'error', path, `${path} can't be listed: ${reason}.`));
  }
}
