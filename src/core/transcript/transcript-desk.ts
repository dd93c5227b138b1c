/** Sessions as screens and commands read them: from their sources, whole, on demand. */
import type { Catalog } from '../catalog/catalog.ts';
import { copyIn } from '../import/copies.ts';
import { notFound, ownFirst } from '../import/transcript.ts';
import { problemsOf } from '../import/problems-of.ts';
import { SessionNote } from '../import/session-note.ts';
import type { AgentSession, CatalogRow } from '../model/agent-session.ts';
import type { Problem } from '../model/problem.ts';
import { ProblemError } from '../model/problem.ts';
import type { SourceEntry } from '../sources/byte-source.ts';
import { discover } from '../sources/discover.ts';
import type { OpencodePorts } from '../sources/opencode-db/store.ts';
import type { SessionReader } from '../sources/session-reader.ts';
import type { FoundSource, Source } from '../sources/source.ts';
import type { FoundSession } from './open-transcript.ts';
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

  /**
   * Looks for the session in these files and folders, in its own store first; where several hold it, each message is there once.
   * Whoever opens it closes it.
   */
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
    const found: FoundSession[] = [];
    try {
      for (const place of ownFirst(sources, known)) {
        if (found.length > 0 && !this.#mayHoldMore(place, known)) continue;
        try {
          found.push(...(await sessionIn(await place.open(), sessionId, signal)));
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
          refused.push(error.problem);
        }
      }
      const [first, ...others] = found;
      const session = first === undefined ? null : (known ?? (await describe(first.source, sessionId, signal)));
      if (first !== undefined && session !== null) return new OpenTranscript(session, [first, ...others], refused);
    } catch (error) {
      closeAll(found);
      throw error;
    }
    closeAll(found);
    throw new ProblemError(refused[0] ?? notFound(sessionId, sources));
  }

  /** Of a session in the catalog: those that were seen to have messages of their own, and stores that were never imported. */
  #mayHoldMore({ store }: FoundSource, known: CatalogRow | undefined): boolean {
    if (known === undefined) return true;
    const copy = copyIn(known, store);
    if (copy !== undefined) return copy.further > 0;
    for (const row of this.#access.catalog.rows()) if (copyIn(row, store) !== undefined) return false;
    return true;
  }
}

/** The session in this source, which is closed when it is not there. */
async function sessionIn(source: Source, sessionId: string, signal: AbortSignal): Promise<FoundSession[]> {
  let reader: SessionReader | null = null;
  try {
    reader = await source.transcript(sessionId, signal);
    return reader === null ? [] : [{ source, reader }];
  } finally {
    if (reader === null) source.close();
  }
}

function closeAll(found: readonly FoundSession[]): void {
  for (const { source } of found) source.close();
}

/** Of a session that was never imported: what the list of its source says. */
async function describe(source: Source, sessionId: string, signal: AbortSignal): Promise<AgentSession | null> {
  const { heads } = await source.sessions(signal);
  const head = heads.find(({ id }) => id === sessionId);
  return head === undefined ? null : new SessionNote(head).toChange(source.tool, source.store, null, false).row;
}
