/** Where the transcripts stand: walks a folder only where Claude Code puts them. */
import type { Problem } from '../../model/problem.ts';
import { problem, ProblemError } from '../../model/problem.ts';
import type { SourceFile, SourceFolder } from '../byte-source.ts';
import { isTranscriptName, PROJECTS, SUB_AGENTS } from './detect.ts';
import { inFlight } from './in-flight.ts';

/** A file of one session. Nothing of it was read yet. */
export interface Transcript {
  readonly file: SourceFile;
  /** The name of the file. */
  readonly sessionId: string;
  /** The folder above `subagents/`. */
  readonly parentId: string | null;
  /** The folder of the project: a resumed session stands beside the one it goes on from. */
  readonly project: string;
  /** What started the agent and of which type it is. */
  readonly meta: SourceFile | null;
}

export interface Layout {
  /** The folder that was walked. */
  readonly path: string;
  readonly transcripts: readonly Transcript[];
  readonly problems: readonly Problem[];
}

/** Projects, a project, a session. */
const DEEPEST = 3;
const DEEPEST_AGENTS = 5;
const MOST_FOLDERS = 50_000;
const FOLDERS_IN_FLIGHT = 16;
const NOT_WALKED: ReadonlySet<string> = new Set(['tool-results', 'memory', 'node_modules', '.git']);

/** The folder whose transcripts are read: the projects of `~/.claude`, else the folder itself. */
export async function projectsOf(folder: SourceFolder): Promise<SourceFolder> {
  if (folder.name === PROJECTS) return folder;
  try {
    return projectsIn(folder, await folder.list()) ?? folder;
  } catch {
    // opening it says why
    return folder;
  }
}

function projectsIn(folder: SourceFolder, { folders }: Listed): SourceFolder | undefined {
  return folder.name === PROJECTS ? undefined : folders.find(({ name }) => name === PROJECTS);
}

/** @throws ProblemError when the folder itself can't be listed */
export async function findTranscripts(root: SourceFolder): Promise<Layout> {
  const walk = new Walk();
  const first = await root.list();
  const projects = projectsIn(root, first);
  if (projects !== undefined) {
    await walk.folder(projects, 0);
    return walk.layout(projects.path);
  }
  if (root.name === SUB_AGENTS) await walk.agents(root, parentFromPath(`${root.path}/`), root.path, 0);
  else await walk.listed(root, first, 0);
  return walk.layout(root.path);
}

/** Transcripts among files that were chosen one by one. */
export function transcriptsAmong(files: readonly SourceFile[]): Transcript[] {
  const metas = new Map(files.map((file) => [file.path, file]));
  return files.flatMap((file) => {
    const path = file.path.slice(0, -file.name.length);
    return isTranscriptName(file.name) ? [transcriptOf(file, parentFromPath(path), path, metas)] : [];
  });
}

function parentFromPath(path: string): string | null {
  const folders = path.split('/');
  const at = folders.lastIndexOf(SUB_AGENTS);
  return at > 0 ? (folders[at - 1] ?? null) : null;
}

function transcriptOf(
  file: SourceFile,
  parentId: string | null,
  project: string,
  byPath: ReadonlyMap<string, SourceFile>,
): Transcript {
  const stem = file.path.replace(/\.jsonl$/i, '');
  const sessionId = file.name.replace(/\.jsonl$/i, '');
  return { file, sessionId, parentId, project, meta: byPath.get(`${stem}.meta.json`) ?? null };
}

type Listed = Awaited<ReturnType<SourceFolder['list']>>;

class Walk {
  readonly #transcripts: Transcript[] = [];
  readonly #problems: Problem[] = [];
  #folders = 0;

  layout(path: string): Layout {
    if (this.#folders > MOST_FOLDERS) {
      const text = `${path} has more than ${MOST_FOLDERS.toLocaleString('en')} folders. Only the first of them were looked into.`;
      this.#problems.push(problem('file-unreadable', 'warning', path, text));
    }
    const transcripts = this.#transcripts.toSorted((a, b) => (a.file.path < b.file.path ? -1 : 1));
    return { path, transcripts, problems: this.#problems };
  }

  async folder(folder: SourceFolder, depth: number): Promise<void> {
    const found = await this.#list(folder);
    if (found !== null) await this.listed(folder, found, depth);
  }

  async listed(folder: SourceFolder, { files, folders }: Listed, depth: number): Promise<void> {
    this.#take(files, null, folder.path);
    const sessions = new Set(files.filter(({ name }) => isTranscriptName(name)).map(({ name }) => name));
    await inFlight(folders, FOLDERS_IN_FLIGHT, async (below) => {
      if (below.child !== undefined && sessions.has(`${below.name}.jsonl`)) await this.#session(below);
      else if (below.name === SUB_AGENTS) await this.agents(below, folder.name, folder.path, 0);
      else if (depth + 1 < DEEPEST && !NOT_WALKED.has(below.name)) await this.folder(below, depth + 1);
    });
  }

  /** Everything below `subagents`: workflows have folders of their own. */
  async agents(folder: SourceFolder, parentId: string | null, project: string, depth: number): Promise<void> {
    const found = await this.#list(folder);
    if (found === null) return;
    this.#take(found.files, parentId, project);
    if (depth === DEEPEST_AGENTS) return;
    await inFlight(found.folders, FOLDERS_IN_FLIGHT, (below) => this.agents(below, parentId, project, depth + 1));
  }

  /** Beside a transcript its session's folder: only what is below `subagents` belongs there. */
  async #session(folder: SourceFolder): Promise<void> {
    const agents = await this.#unlessLost(async () => (await folder.child?.(SUB_AGENTS)) ?? null);
    if (agents !== null) await this.agents(agents, folder.name, folder.path, 0);
  }

  #take(files: readonly SourceFile[], parentId: string | null, project: string): void {
    const byPath = new Map(files.map((file) => [file.path, file]));
    for (const file of files) {
      if (isTranscriptName(file.name)) this.#transcripts.push(transcriptOf(file, parentId, project, byPath));
    }
  }

  async #list(folder: SourceFolder): Promise<Listed | null> {
    return this.#unlessLost(() => folder.list());
  }

  async #unlessLost<T>(look: () => Promise<T | null>): Promise<T | null> {
    if (++this.#folders > MOST_FOLDERS) return null;
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.#problems.push({ ...error.problem, severity: 'warning' });
      return null;
    }
  }
}
