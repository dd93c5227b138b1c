import type { Problem } from '../../model/problem.ts';
import { problem, ProblemError } from '../../model/problem.ts';
import { SourceChanged } from '../byte-source.ts';
import type { Reading, SessionHead, Source, SourceMessage } from '../source.ts';
import type { TextListener } from './draft-message.ts';
import { tellReading, tellText, toTranscript } from './emit.ts';
import { fileSessionId } from './finished.ts';
import type { LineLimits } from './lines.ts';
import type { Listing } from './listing.ts';
import { listedHead, versionOf } from './listing.ts';
import { OpenFiles } from './open-files.ts';
import type { PassListener, PassResult } from './pass.ts';
import { Pass } from './pass.ts';
import type { ScanPorts } from './scan.ts';
import { scanSession } from './scan.ts';

/** How the reader works. Tests set small numbers, or have every line parsed. */
export interface ClaudeLimits extends LineLimits {
  /** Texts held at once, in UTF-16 units. A session with more is read twice. */
  readonly heldUnits: number;
  readonly parseAll: boolean;
}

const MAX_STARTS = 4;

/** Transcripts as they were listed at one moment. */
export class ClaudeProjects implements Source {
  readonly kind = 'claude-projects';
  readonly tool = 'claude';
  readonly store: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly fingerprint: string;
  readonly problems: readonly Problem[];
  readonly #listing: Listing;
  readonly #limits: ClaudeLimits;
  readonly #files = new OpenFiles();

  constructor(listing: Listing, limits: ClaudeLimits) {
    this.#listing = listing;
    this.#limits = limits;
    this.path = listing.path;
    this.store = `claude:${listing.path}`;
    this.sizeBytes = listing.sizeBytes;
    this.fingerprint = listing.fingerprint;
    this.problems = listing.problems;
  }

  get bytesRead(): number {
    return this.#files.bytesRead;
  }

  async sessions(signal: AbortSignal): Promise<{ heads: SessionHead[]; problems: Problem[] }> {
    signal.throwIfAborted();
    return { heads: [...this.#listing.sessions.values()].map(listedHead), problems: [] };
  }

  async read(wanted: ReadonlySet<string> | 'all', reading: Reading, signal: AbortSignal): Promise<void> {
    for (let start = 1; ; start++) {
      try {
        await this.#readOnce(wanted, reading, signal);
        return;
      } catch (error) {
        if (!(error instanceof SourceChanged)) throw error;
        if (start === MAX_STARTS) throw stillChanging(this.path);
      }
      reading.restart();
    }
  }

  async mark(sessionId: string): Promise<string> {
    const session = this.#listing.sessions.get(fileSessionId(sessionId));
    const states = (session?.files ?? []).map(async ({ file }): Promise<[number, number]> => {
      const source = await file.open();
      source.close();
      return [source.size, source.modified];
    });
    try {
      return versionOf(await Promise.all(states));
    } catch (error) {
      if (error instanceof ProblemError) return 'gone';
      throw error;
    }
  }

  async messages(sessionId: string, signal: AbortSignal): Promise<{ messages: SourceMessage[]; problems: Problem[] }> {
    const problems: Problem[] = [];
    let messages: SourceMessage[] = [];
    const listener: PassListener = {
      finished: (result) => void (messages = toTranscript(result, sessionId)),
      problem: (found) => problems.push(found),
    };
    const options = { withLinks: true, heldUnits: null, parseAll: this.#limits.parseAll, limits: this.#limits };
    const ports = this.#ports(signal, () => undefined);
    await new Pass(this.#listing, new Set([fileSessionId(sessionId)]), options, ports, listener).run();
    return { messages, problems };
  }

  close(): void {
    this.#files.close();
  }

  async #readOnce(wanted: ReadonlySet<string> | 'all', reading: Reading, signal: AbortSignal): Promise<void> {
    const files = wanted === 'all' ? wanted : new Set([...wanted].map(fileSessionId));
    const total = [...this.#listing.sessions.values()].reduce(
      (sum, { id, sizeBytes }) => (files === 'all' || files.has(id) ? sum + sizeBytes : sum),
      0,
    );
    let done = 0;
    const ports = this.#ports(signal, (bytes) => {
      done += bytes;
      // sessions that are read for others' sake are not in the total
      reading.progress({ done: Math.min(done, total), total });
    });
    const listener: PassListener = {
      finished: (result) => this.#tell(result, wanted, reading, signal),
      problem: (found) => reading.problem(found),
    };
    const { heldUnits, parseAll } = this.#limits;
    const options = { withLinks: false, heldUnits, parseAll, limits: this.#limits };
    await new Pass(this.#listing, files, options, ports, listener).run();
  }

  /** Texts that could not be held are read again, now that it is known whom they belong to. */
  async #tell(
    result: PassResult,
    wanted: ReadonlySet<string> | 'all',
    reading: Reading,
    signal: AbortSignal,
  ): Promise<void> {
    // a sidechain is read when it is wanted, or the session it stands in
    const isWanted = (id: string): boolean => wanted === 'all' || wanted.has(result.session.id) || wanted.has(id);
    const sessions = result.sessions.filter(({ head }) => isWanted(head.id));
    tellReading(sessions, result.draft, reading);
    if (!result.draft.overflowed) return;
    const sessionOf = new Map<string, string>();
    for (const { head, messages } of sessions) for (const { message } of messages) sessionOf.set(message.id, head.id);
    const { parseAll } = this.#limits;
    const options = {
      withLinks: false,
      parseAll,
      limits: this.#limits,
      budget: null,
      onText: (...[message, text, index]: Parameters<TextListener>) => {
        const sessionId = sessionOf.get(message.id);
        if (sessionId !== undefined) tellText(reading, sessionId, message, text, index);
      },
    };
    const again = await scanSession(
      result.session,
      options,
      this.#ports(signal, () => undefined),
    );
    if (!('version' in again) || again.version !== result.version) throw new SourceChanged(result.session.id);
  }

  #ports(signal: AbortSignal, progress: (bytes: number) => void): ScanPorts {
    return { signal, progress, open: (file) => this.#files.open(file) };
  }
}

function stillChanging(path: string): ProblemError {
  const text = `${path} kept changing while it was read. Wait until Claude Code is idle, or close it, and try again.`;
  return new ProblemError(problem('file-changed', 'error', path, text));
}
