import type { Dirent } from 'node:fs';
import { lstatSync, readdirSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { problem, ProblemError } from '../../core/model/problem.ts';
import type { SourceEntry, SourceFolder } from '../../core/sources/byte-source.ts';
import { isFile, isFolder } from '../../core/sources/byte-source.ts';
import { walOf } from './linked-wal.ts';
import { unseenFile } from './node-file.ts';

const DATABASE = /\.db$/i;

/**
 * A folder of this machine, as core walks it. Links are followed; one that leads back to a folder above it is left out, so that
 * every way down ends. What is neither file nor folder (a pipe, a socket) is left out too: opening it might never end.
 *
 * @param path absolute
 * @param above the folders it was reached through
 */
export function nodeFolder(path: string, above: readonly string[] = []): SourceFolder {
  return {
    name: basename(path),
    path: path.split(sep).join('/'),
    child: async (child) => {
      const found = lstatSync(join(path, child), { throwIfNoEntry: false });
      if (found?.isDirectory() === true) return nodeFolder(join(path, child), [...above, path]);
      if (found?.isSymbolicLink() !== true) return null;
      return (await nodeFolder(path, above).list()).folders.find(({ name }) => name === child) ?? null;
    },
    list: async () => {
      const entries = readFolder(path);
      const names = new Set(entries.map(({ name }) => name));
      const here = [...above, path];
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
  if (entry.isFile()) return [unseenFile(path)];
  if (entry.isDirectory()) return [nodeFolder(path, above)];
  if (!entry.isSymbolicLink()) return [];
  try {
    const target = await realpath(path);
    const found = await stat(target);
    if (found.isDirectory()) return (await leadsTo(target, above)) ? [] : [nodeFolder(path, above)];
    if (!found.isFile()) return [];
    const wal = DATABASE.test(path) && !names.has(`${entry.name}-wal`) ? await walOf(path) : null;
    return wal === null ? [unseenFile(path)] : [unseenFile(path), wal];
  } catch {
    return [unseenFile(path)]; // a link to nothing: who opens it is told
  }
}

/** Links are resolved only now: there are few of them, and many folders. */
async function leadsTo(target: string, above: readonly string[]): Promise<boolean> {
  const resolved = await Promise.all(above.map((path) => realpath(path)));
  return resolved.includes(target);
}

/** At once: a folder takes some microseconds, and of thousands the waiting for each would take most of the time. */
function readFolder(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError(problem('file-unreadable', 'error', path, `${path} can't be listed: ${reason}.`));
  }
}
