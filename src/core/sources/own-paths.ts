/** Things chosen together may have the same name, and a browser tells no more of where they are: each needs a path of its own. */
import type { SourceEntry, SourceFile, SourceFolder } from './byte-source.ts';
import { isFolder } from './byte-source.ts';

/** What belongs to a database is called like it, with one of these behind. */
const BESIDE = /-(?:wal|shm|journal)$/;

/** The second `opencode.db` becomes `opencode.db (2)`, and the second `opencode.db-wal` goes with it. */
export function withOwnPaths(entries: readonly SourceEntry[]): SourceEntry[] {
  const taken = new Map<string, number>();
  return entries.map((entry) => {
    const place = (taken.get(entry.path) ?? 0) + 1;
    taken.set(entry.path, place);
    if (place === 1) return entry;
    const end = BESIDE.exec(entry.path)?.[0] ?? '';
    const path = `${entry.path.slice(0, entry.path.length - end.length)} (${place})${end}`;
    return isFolder(entry) ? folderAt(entry, path) : fileAt(entry, path);
  });
}

function fileAt(file: SourceFile, path: string): SourceFile {
  const { name, folderSeen, size } = file;
  return { name, path, folderSeen, ...(size === undefined ? {} : { size }), open: () => file.open() };
}

function folderAt(folder: SourceFolder, path: string): SourceFolder {
  const below = (child: SourceEntry): string => path + child.path.slice(folder.path.length);
  return {
    name: folder.name,
    path,
    ...(folder.problems === undefined ? {} : { problems: folder.problems }),
    list: async () => {
      const { files, folders } = await folder.list();
      return {
        files: files.map((child) => fileAt(child, below(child))),
        folders: folders.map((child) => folderAt(child, below(child))),
      };
    },
  };
}
