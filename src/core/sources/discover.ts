/**
 * Files and folders in, sources out: which of what a person chose belongs together, and what reads it. To support another tool
 * is to add its folder here and a line below.
 */
import type { Problem } from '../model/problem.ts';
import { problem } from '../model/problem.ts';
import type { SourceEntry, SourceFile, SourceFolder } from './byte-source.ts';
import { isFile, isFolder } from './byte-source.ts';
import { projectsOf } from './claude/layout.ts';
import { openClaudeFiles, openClaudeProjects } from './claude/read.ts';
import { findInFolders } from './find-in-folders.ts';
import { foundOpencodeDb } from './opencode-db/read.ts';
import type { OpencodePorts } from './opencode-db/store.ts';
import { openOpencodeExport } from './opencode-export/read.ts';
import { openOpencodeJson, peekOpencodeJson } from './opencode-json/read.ts';
import { withOwnPaths } from './own-paths.ts';
import { isKeyFile } from './secrets.ts';
import type { FoundSource, SourcePeek } from './source.ts';

export interface Discovered {
  /** Newest generation first: of two copies of a session that are equally new, the first counts. */
  readonly sources: readonly FoundSource[];
  /** Files that are none of ours, each with what to do. */
  readonly problems: readonly Problem[];
}

const WAL = '-wal';
/** SQLite's index of the `-wal`; rebuilt by whoever opens the database, never needed. */
const IGNORED = ['-shm', '-journal'];

/** Throws the signal's reason when aborted. */
export async function discover(
  chosen: readonly SourceEntry[],
  ports: OpencodePorts,
  signal: AbortSignal,
): Promise<Discovered> {
  const entries = withOwnPaths(chosen);
  const inFolders = await findInFolders(entries.filter(isFolder), signal);
  const files = unique([...entries.filter(isFile), ...inFolders.files]);
  const { databases, exports, transcripts, problems } = sortFiles(files, ports);
  const sources = [
    ...databases,
    ...inFolders.opencodeJson.map(foundOpencodeJson),
    ...exports.map((file) => found('opencode', file, () => openOpencodeExport(file))),
    ...(await Promise.all(inFolders.claude.map(foundClaude))),
    ...(transcripts.length === 0 ? [] : [foundTranscripts(transcripts)]),
  ];
  const all = [...inFolders.problems, ...problems];
  if (sources.length === 0) return { sources, problems: all.length === 0 ? [nothing(entries)] : all };
  return { sources, problems: [...all, ...inFolders.empty.map(nothingIn)] };
}

interface SortedFiles {
  readonly databases: FoundSource[];
  readonly exports: SourceFile[];
  readonly transcripts: SourceFile[];
  readonly problems: Problem[];
}

/** By name; what has the name of nothing we know is tried as a database: renamed copies exist. */
function sortFiles(files: readonly SourceFile[], ports: OpencodePorts): SortedFiles {
  const wals = new Map(
    files.filter((file) => file.name.endsWith(WAL)).map((file) => [withoutEnd(file.path, WAL), file]),
  );
  const sorted: SortedFiles = { databases: [], exports: [], transcripts: [], problems: [] };
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (file.name.endsWith(WAL) || IGNORED.some((end) => file.name.endsWith(end))) continue;
    if (isKeyFile(file.name)) sorted.problems.push(keys(file));
    else if (/\.jsonl$/i.test(file.name)) sorted.transcripts.push(file);
    else if (/\.json$/i.test(file.name)) sorted.exports.push(file);
    else {
      sorted.databases.push(foundOpencodeDb(file, wals.get(file.path) ?? null, ports));
      wals.delete(file.path);
    }
  }
  for (const file of wals.values()) sorted.problems.push(walAlone(file));
  return sorted;
}

function found(tool: string, { path }: SourceFile | SourceFolder, open: FoundSource['open']): FoundSource {
  return { store: `${tool}:${path}`, path, open };
}

function foundOpencodeJson(folder: SourceFolder): FoundSource {
  const peek = (): Promise<SourcePeek> => peekOpencodeJson(folder);
  return { ...found('opencode', folder, () => openOpencodeJson(folder)), peek };
}

/** Under the name of the folder that is read: it is known by that again. */
async function foundClaude(folder: SourceFolder): Promise<FoundSource> {
  const projects = await projectsOf(folder);
  return found('claude', projects, (remembered) => openClaudeProjects(projects, {}, remembered));
}

function foundTranscripts(files: readonly SourceFile[]): FoundSource {
  const path = files[0]?.path ?? '';
  return { store: `claude:${path}`, path, open: (remembered) => openClaudeFiles(files, {}, remembered) };
}

function unique(files: readonly SourceFile[]): SourceFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

function walAlone(file: SourceFile): Problem {
  const database = withoutEnd(file.name, WAL);
  const text = `${file.name} holds only the newest changes of ${database}. Choose both files together.`;
  return problem('nothing-found', 'error', file.path, text);
}

/** Of several places one that has nothing is told, so that a wrong path is noticed. */
function nothingIn({ path }: SourceFolder): Problem {
  return problem('nothing-found', 'warning', path, `There are no sessions in ${path}.`);
}

function keys(file: SourceFile): Problem {
  const text = `${file.name} holds keys, not sessions. It was not opened.`;
  return problem('unsupported-file', 'error', file.path, text);
}

function nothing(entries: readonly SourceEntry[]): Problem {
  const text =
    'There are no sessions in what was chosen. OpenCode keeps them in .local/share/opencode, Claude Code in .claude/projects, both in your home folder.';
  return problem('nothing-found', 'error', entries[0]?.path ?? '', text);
}

function withoutEnd(text: string, end: string): string {
  return text.slice(0, -end.length);
}
