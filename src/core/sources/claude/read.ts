/**
 * Claude Code's transcripts as a source: a folder of JSONL files, one for each session. Read as a stream of lines, of which
 * only those that matter are parsed. What is claimed of the format is in EVIDENCE.md.
 */
import { problem, ProblemError } from '../../model/problem.ts';
import type { SourceFile, SourceFolder } from '../byte-source.ts';
import type { Remembered, Source } from '../source.ts';
import { ClaudeProjects, storeOf } from './projects.ts';
import type { ClaudeLimits } from './projects.ts';
import { findTranscripts, transcriptsAmong } from './layout.ts';
import { LINE_LIMITS } from './lines.ts';
import type { Listing } from './listing.ts';
import { listTranscripts } from './listing.ts';

const CLAUDE_LIMITS: ClaudeLimits = { ...LINE_LIMITS, heldUnits: 16_000_000, parseAll: false };

/**
 * Opens `~/.claude`, its `projects` folder, one project, or one session's folder.
 *
 * @throws ProblemError when the folder can't be listed, or has no transcripts
 */
export async function openClaudeProjects(
  root: SourceFolder,
  limits: Partial<ClaudeLimits> = {},
  remembered: Remembered = nothing,
): Promise<Source> {
  const layout = await findTranscripts(root);
  if (layout.transcripts.length === 0 && layout.problems.length === 0) throw nothingIn(root.path);
  return opened(await listTranscripts(layout), limits, remembered);
}

/**
 * Opens transcripts that were chosen one by one.
 *
 * @throws ProblemError when none of the files is one
 */
export async function openClaudeFiles(
  files: readonly SourceFile[],
  limits: Partial<ClaudeLimits> = {},
  remembered: Remembered = nothing,
): Promise<Source> {
  const transcripts = transcriptsAmong(files);
  const path = commonPath(transcripts.map(({ file }) => file.path));
  if (transcripts.length === 0) throw nothingIn(path);
  const listing = await listTranscripts({ path, transcripts, problems: [] });
  return opened(listing, limits, remembered);
}

/** The folder all of them stand in; the file itself when there is one. */
function commonPath(paths: readonly string[]): string {
  const [first, ...others] = paths;
  if (first === undefined || others.length === 0) return first ?? '';
  let folders = first.split('/').slice(0, -1);
  for (const path of others) {
    const parts = path.split('/');
    const differs = folders.findIndex((folder, i) => parts[i] !== folder);
    if (differs !== -1) folders = folders.slice(0, differs);
  }
  return folders.join('/');
}

async function opened(listing: Listing, limits: Partial<ClaudeLimits>, remembered: Remembered): Promise<Source> {
  const text = await remembered(storeOf(listing.path));
  return new ClaudeProjects(listing, { ...CLAUDE_LIMITS, ...limits }, text);
}

async function nothing(): Promise<undefined> {
  return undefined;
}

function nothingIn(path: string): ProblemError {
  const text = 'There are no Claude Code sessions here. They stand in the folder .claude/projects of your home folder.';
  return new ProblemError(problem('nothing-found', 'error', path, text));
}
