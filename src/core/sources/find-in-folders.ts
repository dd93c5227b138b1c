/**
 * What a chosen folder holds: OpenCode's data folder, the folder above it, a home folder, one project, or any folder with such
 * things some levels down. Looks in the usual places first, then around, within bounds. Files are told by name: secrets are
 * never opened.
 */
import type { Problem } from '../model/problem.ts';
import { ProblemError } from '../model/problem.ts';
import type { SourceFile, SourceFolder } from './byte-source.ts';
import { looksLikeClaude } from './claude/detect.ts';
import { looksLikeOpencodeJson } from './opencode-json/detect.ts';

/** Where the tools keep their data, seen from what a person may choose. */
const USUAL_PLACES = ['', 'opencode', 'share/opencode', '.local/share/opencode', '.claude'];
const DEEPEST = 5;
const MOST_FOLDERS = 2_000;
const NOT_SEARCHED: ReadonlySet<string> = new Set([
  'node_modules',
  '.git',
  'snapshot',
  'tool-output',
  'Library',
  'log',
  'bin',
]);
/** `opencode.db`, one for each channel beside it, and the logs of both. */
const DATABASE = /^opencode.*\.db(-wal)?$/i;

export interface FoundInFolders {
  /** Databases and their logs. */
  readonly files: readonly SourceFile[];
  /** Folders with OpenCode's JSON sessions. */
  readonly opencodeJson: readonly SourceFolder[];
  readonly claude: readonly SourceFolder[];
  readonly problems: readonly Problem[];
}

/** Throws the signal's reason when aborted. */
export async function findInFolders(folders: readonly SourceFolder[], signal: AbortSignal): Promise<FoundInFolders> {
  const search = new FolderSearch(signal);
  for (const folder of folders) await search.from(folder);
  return search;
}

class FolderSearch implements FoundInFolders {
  readonly files: SourceFile[] = [];
  readonly opencodeJson: SourceFolder[] = [];
  readonly claude: SourceFolder[] = [];
  readonly problems: Problem[] = [];
  readonly #signal: AbortSignal;
  readonly #seen = new Set<string>();
  #left = MOST_FOLDERS;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  async from(root: SourceFolder): Promise<void> {
    const before = this.#found();
    for (const place of USUAL_PLACES) {
      const folder = await this.#at(root, place);
      if (folder !== null) await this.#lookIn(folder);
    }
    if (this.#found() === before) await this.#around(root);
  }

  /** Level by level, so that what is near is found before the bounds are met. */
  async #around(root: SourceFolder): Promise<void> {
    let level: readonly SourceFolder[] = [root];
    for (let depth = 0; depth <= DEEPEST && level.length > 0; depth += 1) {
      const below: SourceFolder[] = [];
      for (const folder of level) {
        if (this.#left-- <= 0) return;
        if (await this.#lookIn(folder)) continue;
        const { folders } = await this.#list(folder);
        below.push(...folders.filter(({ name }) => !NOT_SEARCHED.has(name)));
      }
      level = below;
    }
  }

  /** Takes what the folder itself holds. True when it was one of ours. */
  async #lookIn(folder: SourceFolder): Promise<boolean> {
    if (this.#seen.has(folder.path)) return false;
    this.#seen.add(folder.path);
    this.#signal.throwIfAborted();
    const { files, folders } = await this.#list(folder);
    const before = this.#found();
    this.files.push(...files.filter(({ name }) => DATABASE.test(name)));
    const names = new Set(folders.map(({ name }) => name.toLowerCase()));
    const mayBeJson = names.has('storage') || names.has('session') || names.has('project') || folder.name === 'project';
    if (mayBeJson && (await this.#quietly(looksLikeOpencodeJson(folder)))) this.opencodeJson.push(folder);
    else if (await this.#quietly(looksLikeClaude(folder))) this.claude.push(folder);
    return this.#found() > before;
  }

  async #at(root: SourceFolder, place: string): Promise<SourceFolder | null> {
    let folder = root;
    for (const name of place.split('/').filter(Boolean)) {
      const child = (await this.#list(folder)).folders.find((candidate) => candidate.name === name);
      if (child === undefined) return null;
      folder = child;
    }
    return folder;
  }

  async #list(folder: SourceFolder): ReturnType<SourceFolder['list']> {
    try {
      return await folder.list();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (!this.problems.some((known) => known.file === error.problem.file)) this.problems.push(error.problem);
      return { files: [], folders: [] };
    }
  }

  async #quietly(detecting: Promise<boolean>): Promise<boolean> {
    try {
      return await detecting;
    } catch (error) {
      if (error instanceof ProblemError) return false;
      throw error;
    }
  }

  #found(): number {
    return this.files.length + this.opencodeJson.length + this.claude.length;
  }
}
