/**
 * What a chosen folder holds: OpenCode's data folder, the folder above it, a home folder, one project, or any folder with such
 * things some levels down. Looks in the usual places first, then around, within bounds. What may hold secrets is never opened.
 */
import type { Problem } from '../model/problem.ts';
import { problem, ProblemError } from '../model/problem.ts';
import type { SourceFile, SourceFolder } from './byte-source.ts';
import { looksLikeClaude } from './claude/detect.ts';
import { looksLikeOpencodeJson } from './opencode-json/detect.ts';
import { withoutSecrets } from './secrets.ts';
import { Sniffer } from './sniff.ts';

/** Where the tools keep their data, seen from what a person may choose. */
const USUAL_PLACES = ['', 'opencode', 'share/opencode', '.local/share/opencode', '.claude'];
const NOT_SEARCHED: ReadonlySet<string> = new Set([
  'node_modules',
  '.git',
  'snapshot',
  'tool-output',
  'library',
  'log',
  'bin',
  'session_diff',
]);
/** Folders of the formats that are one folder: what is in them was found with them. */
const OF_A_FORMAT: ReadonlySet<string> = new Set(['storage', 'project', 'projects', 'session', 'message', 'part']);
/** Only a home folder has one of these. It is not looked through where the usual places have something. */
const IN_A_HOME: ReadonlySet<string> = new Set(['.local', '.config', '.cache', '.ssh', 'appdata', 'library']);
/** `opencode.db`, one for each channel beside it, and the logs of both. */
const DATABASE = /^opencode.*\.db(-wal)?$/i;

export interface SearchBounds {
  readonly depth: number;
  readonly folders: number;
  /** ms */
  readonly time: number;
}

/** Where nothing is in the usual places. */
export const WIDE: SearchBounds = { depth: 5, folders: 2_000, time: 30_000 };
/** Where something is, for what else there may be beside it. */
const NEAR: SearchBounds = { depth: 2, folders: 200, time: 5_000 };
/** Exports and databases under other names are looked for so many levels down. */
const SNIFF_DEPTH = 2;

export interface FoundInFolders {
  /** Databases, their logs, and exports. */
  readonly files: readonly SourceFile[];
  /** Folders with OpenCode's JSON sessions. */
  readonly opencodeJson: readonly SourceFolder[];
  readonly claude: readonly SourceFolder[];
  readonly problems: readonly Problem[];
  /** Chosen folders in which nothing was found. */
  readonly empty: readonly SourceFolder[];
}

/** Throws the signal's reason when aborted. */
export async function findInFolders(
  folders: readonly SourceFolder[],
  signal: AbortSignal,
  wide: SearchBounds = WIDE,
): Promise<FoundInFolders> {
  const search = new FolderSearch(signal, wide);
  for (const folder of folders) await search.from(withoutSecrets(folder));
  return search;
}

interface Place {
  readonly folder: SourceFolder;
  /** False below a folder with transcripts. */
  readonly mayBeClaude: boolean;
}

class FolderSearch implements FoundInFolders {
  readonly files: SourceFile[] = [];
  readonly opencodeJson: SourceFolder[] = [];
  readonly claude: SourceFolder[] = [];
  readonly problems: Problem[] = [];
  readonly empty: SourceFolder[] = [];
  readonly #signal: AbortSignal;
  readonly #wide: SearchBounds;
  readonly #sniffer: Sniffer;
  readonly #seen = new Set<string>();

  constructor(signal: AbortSignal, wide: SearchBounds) {
    this.#signal = signal;
    this.#wide = wide;
    this.#sniffer = new Sniffer(signal);
  }

  async from(root: SourceFolder): Promise<void> {
    const before = this.#found();
    this.problems.push(...(root.problems ?? []));
    const isHome = (await this.#list(root)).folders.some(({ name }) => IN_A_HOME.has(name.toLowerCase()));
    for (const place of USUAL_PLACES) {
      const folder = await this.#at(root, place);
      if (folder !== null) await this.#lookIn(folder, !(isHome && place === ''));
    }
    const isUsual = this.#found() > before;
    if (isHome) await this.#sniff(root);
    if (!isHome || !isUsual) await this.#around(root, isUsual ? NEAR : this.#wide, isHome ? -1 : SNIFF_DEPTH);
    if (this.#found() > before) return;
    if (this.#stopped !== null) this.problems.push(stopped(root, this.#stopped));
    this.empty.push(root);
  }

  #stopped: string | null = null;

  /** Level by level, so that what is near is found before the bounds are met. */
  async #around(root: SourceFolder, bounds: SearchBounds, sniffDepth: number): Promise<void> {
    const began = performance.now();
    let left = bounds.folders;
    let level: readonly Place[] = [{ folder: root, mayBeClaude: true }];
    this.#stopped = null;
    for (let depth = 0; level.length > 0; depth += 1) {
      if (depth > bounds.depth) return this.#stop(`after ${bounds.depth} levels`);
      const below: Place[] = [];
      for (const { folder, mayBeClaude } of level) {
        if (left-- <= 0) return this.#stop(`after ${bounds.folders.toLocaleString('en')} folders`);
        if (performance.now() - began > bounds.time) return this.#stop(`after ${bounds.time / 1000} seconds`);
        await this.#lookIn(folder, mayBeClaude);
        if (depth <= sniffDepth) await this.#sniff(folder);
        below.push(...(await this.#below(folder, mayBeClaude)));
      }
      level = below;
    }
  }

  #stop(where: string): void {
    this.#stopped = where;
  }

  /** Projects of a folder with transcripts were found with it; other things may stand among them. */
  async #below(folder: SourceFolder, mayBeClaude: boolean): Promise<Place[]> {
    const isJson = this.opencodeJson.some(({ path }) => path === folder.path);
    const isClaude = this.claude.some(({ path }) => path === folder.path);
    if ((isClaude && isOwnOfClaude(folder)) || (isJson && isNamed(folder, 'project'))) return [];
    const { folders } = await this.#list(folder);
    const others = folders.filter(({ name }) => {
      const lower = name.toLowerCase();
      return !NOT_SEARCHED.has(lower) && !(isJson && OF_A_FORMAT.has(lower));
    });
    return others.map((each) => ({ folder: each, mayBeClaude: mayBeClaude && !isClaude }));
  }

  /** Takes what the folder itself holds. */
  async #lookIn(folder: SourceFolder, mayBeClaude: boolean): Promise<void> {
    if (this.#seen.has(folder.path)) return;
    this.#seen.add(folder.path);
    this.#signal.throwIfAborted();
    const { files, folders } = await this.#list(folder);
    this.files.push(...files.filter(({ name }) => DATABASE.test(name)));
    const names = new Set(folders.map(({ name }) => name.toLowerCase()));
    const mayBeJson = ['storage', 'session', 'project'].some((name) => names.has(name)) || isNamed(folder, 'project');
    if (mayBeJson && (await this.#quietly(looksLikeOpencodeJson(folder)))) this.opencodeJson.push(folder);
    else if (mayBeClaude && (await this.#quietly(looksLikeClaude(folder)))) this.claude.push(folder);
  }

  /** Exports, and databases under any name. */
  async #sniff(folder: SourceFolder): Promise<void> {
    if (isOwnOfClaude(folder)) return;
    const { files } = await this.#list(folder);
    const others = files.filter(({ name }) => !DATABASE.test(name));
    const { found, isExhausted } = await this.#sniffer.among(others);
    this.files.push(...found);
    if (isExhausted) this.#stop('after so many other files');
  }

  async #at(root: SourceFolder, place: string): Promise<SourceFolder | null> {
    let folder = root;
    for (const name of place.split('/').filter(Boolean)) {
      const { folders } = await this.#list(folder);
      const child = folders.find((each) => each.name === name) ?? folders.find((each) => isNamed(each, name));
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

/** Claude Code's own folders: beside transcripts they hold settings, which may have keys in them. */
function isOwnOfClaude(folder: SourceFolder): boolean {
  return isNamed(folder, '.claude') || isNamed(folder, 'projects');
}

/** Copies through other systems change upper and lower case. */
function isNamed(folder: SourceFolder, name: string): boolean {
  return folder.name.toLowerCase() === name;
}

function stopped(root: SourceFolder, where: string): Problem {
  const text = `The search of ${root.path} ended ${where}. Choose the folder with the sessions itself.`;
  return problem('search-stopped', 'warning', root.path, text);
}
