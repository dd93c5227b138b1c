import type { SourceFile, SourceFolder } from '../byte-source.ts';
import { isObject, parseBytes } from './json.ts';

/** Of other kinds, though they are called like transcripts. */
const NOT_TRANSCRIPTS: ReadonlySet<string> = new Set(['journal.jsonl', 'history.jsonl', 'sessions-index.jsonl']);
const TRANSCRIPT = /\.jsonl$/i;
/** What Claude Code calls its files: the id of the session, or of the agent. */
const OWN_NAME = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|agent-[\w-]+)\.jsonl$/i;
const SAMPLE_BYTES = 64 * 1024;
const FOLDERS_LOOKED_INTO = 8;
const FILES_LOOKED_INTO = 2;

export const PROJECTS = 'projects';
export const SUB_AGENTS = 'subagents';

/** True for the names transcripts have; the files that stand beside them have others. */
export function isTranscriptName(name: string): boolean {
  return TRANSCRIPT.test(name) && !NOT_TRANSCRIPTS.has(name.toLowerCase());
}

/**
 * True when the folder is `~/.claude`, its `projects`, one project of it, or one session's folder with sub-agents. Lists a few
 * folders at most; opens a file only where its name says too little.
 */
export async function looksLikeClaude(folder: SourceFolder): Promise<boolean> {
  const root = await listed(folder);
  const projects = root.folders.find(({ name }) => name === PROJECTS);
  if (projects !== undefined && folder.name !== PROJECTS) return hasTranscripts(await listed(projects), 1);
  return hasTranscripts(root, 1);
}

type Listed = Awaited<ReturnType<SourceFolder['list']>>;

async function hasTranscripts({ files, folders }: Listed, deeper: number): Promise<boolean> {
  const named = files.filter(({ name }) => isTranscriptName(name));
  if (named.some(({ name }) => OWN_NAME.test(name))) return true;
  for (const file of named.slice(0, FILES_LOOKED_INTO)) if (await beginsLikeTranscript(file)) return true;
  const agents = folders.find(({ name }) => name === SUB_AGENTS);
  if (agents !== undefined) return (await listed(agents)).files.some(({ name }) => OWN_NAME.test(name));
  if (deeper === 0) return false;
  for (const folder of folders.slice(0, FOLDERS_LOOKED_INTO)) {
    if (await hasTranscripts(await listed(folder), deeper - 1)) return true;
  }
  return false;
}

async function listed(folder: SourceFolder): Promise<Listed> {
  try {
    return await folder.list();
  } catch {
    // what can't be listed shows nothing of Claude Code
    return { files: [], folders: [] };
  }
}

async function beginsLikeTranscript(file: SourceFile): Promise<boolean> {
  try {
    const source = await file.open();
    try {
      return looksLikeTranscript(await source.read(0, SAMPLE_BYTES));
    } finally {
      source.close();
    }
  } catch {
    return false;
  }
}

/** True when one of the first whole lines of a file is one of a transcript. */
export function looksLikeTranscript(start: Uint8Array): boolean {
  let from = 0;
  for (let end = start.indexOf(0x0a); end !== -1; end = start.indexOf(0x0a, from)) {
    if (isTranscriptLine(parseBytes(start.subarray(from, end)))) return true;
    from = end + 1;
  }
  return isTranscriptLine(parseBytes(start.subarray(from)));
}

function isTranscriptLine(line: unknown): boolean {
  if (!isObject(line)) return false;
  const { type } = line;
  if (type === 'summary') return typeof line['leafUuid'] === 'string';
  return (type === 'user' || type === 'assistant') && typeof line['sessionId'] === 'string' && 'message' in line;
}
