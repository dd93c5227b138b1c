import type { SessionType } from '../../model/agent-session.ts';
import type { Problem } from '../../model/problem.ts';
import { ProblemError } from '../../model/problem.ts';
import { stateOf } from '../byte-source.ts';
import type { SessionHead } from '../source.ts';
import { inFlight } from './in-flight.ts';
import type { Layout, Transcript } from './layout.ts';

/** A session as its files show it from outside. */
export interface ListedSession {
  readonly id: string;
  /** From the folder; a file that stands beside its session says its parent only inside. */
  readonly parentId: string | null;
  readonly type: SessionType;
  /** One, unless a project was moved. By path. */
  readonly files: readonly ListedFile[];
  readonly sizeBytes: number;
  /** ms since 1970, of the newest file */
  readonly modified: number;
}

export interface ListedFile extends Transcript {
  readonly sizeBytes: number;
  readonly modified: number;
}

export interface Listing {
  readonly path: string;
  readonly sessions: ReadonlyMap<string, ListedSession>;
  readonly sizeBytes: number;
  readonly fingerprint: string;
  readonly problems: readonly Problem[];
}

const FILES_IN_FLIGHT = 32;
const AGENT = 'agent-';

/** Looks at size and time of every transcript. */
export async function listTranscripts({ path, transcripts, problems }: Layout): Promise<Listing> {
  const unreadable: Problem[] = [];
  const looked = await inFlight(transcripts, FILES_IN_FLIGHT, async (transcript) => {
    try {
      const { size, modified } = await stateOf(transcript.file);
      return { ...transcript, sizeBytes: size, modified };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      unreadable.push({ ...error.problem, severity: 'skipped', lost: 'session' });
      return null;
    }
  });
  const files = looked.filter((file) => file !== null);
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const fingerprint = `${files.length}:${sizeBytes}:${digest(files)}`;
  return { path, sessions: grouped(files), sizeBytes, fingerprint, problems: [...problems, ...unreadable] };
}

function grouped(files: readonly ListedFile[]): Map<string, ListedSession> {
  const sessions = new Map<string, ListedSession>();
  for (const file of files) {
    const { sessionId: id, parentId, sizeBytes, modified } = file;
    const known = sessions.get(id);
    const session = { id, parentId, type: typeOf(id), files: [file], sizeBytes, modified };
    sessions.set(id, known === undefined ? session : joined(known, session));
  }
  return sessions;
}

function joined(a: ListedSession, b: ListedSession): ListedSession {
  return {
    ...a,
    parentId: a.parentId ?? b.parentId,
    files: [...a.files, ...b.files],
    sizeBytes: a.sizeBytes + b.sizeBytes,
    modified: Math.max(a.modified, b.modified),
  };
}

/** The rule of docs/formats.md: agents are told by their ids, and the tool's own helpers among them. */
export function typeOf(sessionId: string): SessionType {
  if (!sessionId.startsWith(AGENT)) return 'user';
  return helperName(sessionId) === null ? 'subagent' : 'agent';
}

/** What the tool runs for itself: it sums a conversation up, or guesses the next prompt. */
export function helperName(sessionId: string): string | null {
  if (sessionId.includes('compact')) return 'compaction';
  return sessionId.includes('prompt_suggestion') ? 'prompt_suggestion' : null;
}

/** The agent's own id in the id of its session. */
export function agentIdOf(sessionId: string): string {
  return sessionId.slice(AGENT.length);
}

export function agentSessionId(agentId: string): string {
  return `${AGENT}${agentId}`;
}

/** The head as far as the list of files tells: title, folder and times stand in the files. */
export function listedHead(session: ListedSession): SessionHead {
  return {
    id: session.id,
    parentId: session.parentId,
    title: '',
    directory: '',
    timeCreated: session.modified,
    timeUpdated: session.modified,
    archived: false,
    revertedFrom: null,
    version: versionOf(session.files.map((file) => [file.sizeBytes, file.modified])),
    type: session.type,
  };
}

/** @param files size and time of each, in the order of their paths */
export function versionOf(files: readonly (readonly [sizeBytes: number, modified: number])[]): string {
  return files.map(([sizeBytes, modified]) => `${sizeBytes}:${modified}`).join(' ');
}

/** A short text that differs when a name, size or time does. */
function digest(files: readonly ListedFile[]): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  const numbers = new Float64Array(2);
  const words = new Uint32Array(numbers.buffer);
  for (const { file, sizeBytes, modified } of files) {
    const { path } = file;
    for (let i = 0; i < path.length; i++) a = Math.imul(a ^ path.charCodeAt(i), 0x01000193);
    numbers[0] = sizeBytes;
    numbers[1] = modified;
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? 0;
      a = Math.imul(a ^ word, 0x01000193);
      // and what the name came to, so that it takes two that are the same by chance
      b = Math.imul(b ^ word ^ (a >>> 5), 0x85ebca6b) ^ (b >>> 13);
    }
  }
  return (a >>> 0).toString(16) + (b >>> 0).toString(16);
}
