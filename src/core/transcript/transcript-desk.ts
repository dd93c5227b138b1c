/** Sessions as screens and commands read them: from their sources, whole, on demand. */
import type { Catalog } from '../catalog/catalog.ts';
import { notFound, ownFirst } from '../import/transcript.ts';
import { problemsOf } from '../import/problems-of.ts';
import { SessionNote } from '../import/session-note.ts';
import type { AgentSession, CatalogRow } from '../model/agent-session.ts';
import type { Problem } from '../model/problem.ts';
import { ProblemError } from '../model/problem.ts';
import type { SourceEntry } from '../sources/byte-source.ts';
import { discover } from '../sources/discover.ts';
import type { OpencodePorts } from '../sources/opencode-db/store.ts';
import type { Source } from '../sources/source.ts';
import { OpenTranscript } from './open-transcript.ts';

export type OpenOutcome =
  { readonly ok: true; readonly transcript: OpenTranscript } | { readonly ok: false; readonly problem: Problem };

export interface TranscriptAccess {
  readonly catalog: Catalog;
}

export class TranscriptDesk {
  readonly #access: TranscriptAccess;
  readonly #ports: OpencodePorts;

  constructor(access: TranscriptAccess, ports: OpencodePorts) {
    this.#access = access;
    this.#ports = ports;
  }

  /** Looks for the session in these files and folders, in its own store first. Whoever opens it closes it. */
  async open(sessionId: string, entries: readonly SourceEntry[], signal?: AbortSignal): Promise<OpenOutcome> {
    try {
      const { signal: never } = new AbortController();
      return { ok: true, transcript: await this.#open(sessionId, entries, signal ?? never) };
    } catch (error) {
      const [first] = problemsOf(error, signal);
      if (first === undefined) throw error;
      return { ok: false, problem: first };
    }
  }

  async #open(sessionId: string, entries: readonly SourceEntry[], signal: AbortSignal): Promise<OpenTranscript> {
    const known = this.#access.catalog.get(sessionId);
    const { sources } = await discover(entries, this.#ports, signal);
    const refused: Problem[] = [];
    for (const place of ownFirst(sources, known)) {
      try {
        const found = await openIn(await place.open(), sessionId, known, signal);
        if (found !== null) return found;
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        refused.push(error.problem);
      }
    }
    throw new ProblemError(refused[0] ?? notFound(sessionId, sources));
  }
}

async function openIn(
  source: Source,
  sessionId: string,
  known: CatalogRow | undefined,
  signal: AbortSignal,
): Promise<OpenTranscript | null> {
  let opened: OpenTranscript | null = null;
  try {
    const reader = await source.transcript(sessionId, signal);
    const session = reader === null ? null : (known ?? (await describe(source, sessionId, signal)));
    if (reader !== null && session !== null) opened = new OpenTranscript(session, source, reader);
    return opened;
  } finally {
    if (opened === null) source.close();
  }
}

/** Of a session that was never imported: what the list of its source says. */
async function describe(source: Source, sessionId: string, signal: AbortSignal): Promise<AgentSession | null> {
  const { heads } = await source.sessions(signal);
  const head = heads.find(({ id }) => id === sessionId);
  return head === undefined ? null : new SessionNote(head).toChange(source.tool, source.store, null, false).row;
}
