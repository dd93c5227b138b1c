import type { Problem } from '../../model/problem.ts';
import { ProblemError } from '../../model/problem.ts';
import type { SourceFolder } from '../byte-source.ts';

/**
 * `storage`: 0.6 to 1.1, one folder for all projects. `project`: to 0.5, a folder for each project.
 * See EVIDENCE.md.
 */
export type Era = 'storage' | 'project';

/** The folders of one store, or of one project of the old era. */
export interface StorageRoot {
  readonly era: Era;
  readonly session: SourceFolder;
  readonly message: SourceFolder | null;
  readonly part: SourceFolder | null;
}

type Folders = readonly SourceFolder[];

/** The stores in a folder, and the folders of them that could not be listed. */
export interface FoundRoots {
  /** Newest generation first. */
  readonly roots: readonly StorageRoot[];
  readonly problems: readonly Problem[];
}

/**
 * The JSON stores of OpenCode in a folder: it is the data folder, its `storage`, its `project`, or one old project. Looks
 * only where OpenCode writes, and opens no file.
 *
 * @throws ProblemError when the folder itself can't be listed
 */
export async function findRoots(root: SourceFolder): Promise<FoundRoots> {
  const { folders } = await root.list();
  const search = new Search();
  const storage = child(folders, 'storage');
  const project = child(folders, 'project');
  const roots = await search.inStorage(folders);
  if (storage !== null) roots.push(...(await search.inStorage(await search.foldersIn(storage))));
  if (project !== null) roots.push(...(await search.inProjects(await search.foldersIn(project))));
  if (roots.length === 0 && root.name.toLowerCase() === 'project') roots.push(...(await search.inProjects(folders)));
  roots.sort((a, b) => generation(b.era) - generation(a.era) || (a.session.path < b.session.path ? -1 : 1));
  return { roots, problems: search.problems };
}

/** True when a folder holds sessions that OpenCode wrote as JSON. Lists few folders, and opens no file. */
export async function looksLikeOpencodeJson(root: SourceFolder): Promise<boolean> {
  return (await findRoots(root)).roots.length > 0;
}

class Search {
  readonly problems: Problem[] = [];

  /** @param folders those in a `storage`, of either era */
  async inStorage(folders: Folders): Promise<StorageRoot[]> {
    const session = child(folders, 'session');
    if (session === null) return [];
    const inside = await this.foldersIn(session);
    const info = child(inside, 'info');
    const message = child(folders, 'message');
    const roots: StorageRoot[] = [];
    if (info !== null) {
      roots.push({ era: 'project', session: info, message: child(inside, 'message'), part: child(inside, 'part') });
    }
    if (info === null || message !== null) {
      roots.push({ era: 'storage', session, message, part: child(folders, 'part') });
    }
    return roots;
  }

  async inProjects(projects: Folders): Promise<StorageRoot[]> {
    const roots: StorageRoot[] = [];
    for (const project of projects) {
      const storage = child(await this.foldersIn(project), 'storage');
      if (storage !== null) roots.push(...(await this.inStorage(await this.foldersIn(storage))));
    }
    return roots;
  }

  async foldersIn(folder: SourceFolder): Promise<Folders> {
    try {
      return (await folder.list()).folders;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.problems.push({ ...error.problem, severity: 'skipped' });
      return [];
    }
  }
}

/** By its name; where there is none, by its name in other case: copies through other systems change it. */
function child(folders: Folders, name: string): SourceFolder | null {
  const same = folders.find((folder) => folder.name === name);
  return same ?? folders.find((folder) => folder.name.toLowerCase() === name) ?? null;
}

function generation(era: Era): number {
  return era === 'storage' ? 1 : 0;
}
