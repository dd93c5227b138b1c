import type { Dirent } from 'node:fs';
import { lstatSync, readdirSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { problem, ProblemError } from '../../core/model/problem.ts';
import type { SourceEntry, SourceFile, SourceFolder } from '../../core/sources/byte-source.ts';
import { isFile, isFolder } from '../../core/sources/byte-source.ts';
import { walOf } from './linked-wal.ts';
import { slashed, unseenFile } from './node-file.ts';

const DATABASE = /\.db$/i;

/**
 * A folder of this machine, as core walks it. Links are followed; one that leads back to a folder above it is left out, so that
 * every way down ends. What is neither file nor folder (a pipe, a socket) is left out too: opening it might never end.
 *
 * @param path absolute
 * @param above the folders it was reached through
 * @param name its last part, where that is known
 */
export function nodeFolder(path: string, above: readonly string[] = [], name = basename(path)): SourceFolder {
  return {
    name,
    path: slashed(path),
    child: async (child) => {
      const found = lstatSync(join(path, child), { throwIfNoEntry: false });
      if (found?.isDirectory() === true) return nodeFolder(join(path, child), [...above, path]);
      if (found?.isSymbolicLink() !== true) return null;
      return (await nodeFolder(path, above).list()).folders.find(({ name }) => name === child) ?? null;
    },
    list: async () => {
      const entries = readFolder(path);
      const here = [...above, path];
      const below = path.endsWith(sep) ? path : path + sep;
      const files: SourceFile[] = [];
      const folders: SourceFolder[] = [];
      const links: Dirent[] = [];
      for (const entry of entries) {
        const at = below + entry.name;
        if (entry.isFile()) files.push(unseenFile(at, entry.name));
        else if (entry.isDirectory()) folders.push(nodeFolder(at, here, entry.name));
        else if (entry.isSymbolicLink()) links.push(entry);
      }
      if (links.length === 0) return { files, folders };
      const names = new Set(entries.map(({ name }) => name));
      const led = (await Promise.all(links.map((link) => behindLink(below + link.name, link, here, names)))).flat();
      return { files: [...files, ...led.filter(isFile)], folders: [...folders, ...led.filter(isFolder)] };
    },
  };
}

async function behindLink(
  path: string,
  entry: Dirent,
  above: readonly string[],
  names: ReadonlySet<string>,
): Promise<readonly SourceEntry[]> {
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
