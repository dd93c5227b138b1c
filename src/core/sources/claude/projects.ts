import type { Problem } from '../../model/problem.ts';
import { problem, ProblemError } from '../../model/problem.ts';
import { SourceChanged, stateOf } from '../byte-source.ts';
import type { Reading, SessionHead, Source, SourceMessage } from '../source.ts';
import type { TextListener } from './draft-message.ts';
import { tellReading, tellText, toTranscript } from './emit.ts';
import { fileSessionId, MAIN_AGENT } from './finished.ts';
import type { KnownSession } from './known-session.ts';
import { knownFrom } from './known-session.ts';
import type { LineLimits } from './lines.ts';
import type { ListedSession, Listing } from './listing.ts';
import { helperName, listedHead, versionOf } from './listing.ts';
import { agentTypeIn } from './meta.ts';
import { ClaudeSession } from './session-reader.ts';
import type { SessionReader } from '../session-reader.ts';
import { OpenFiles } from './open-files.ts';
import type { PassListener, PassResult } from './pass.ts';
import { Pass } from './pass.ts';
import type { ScanPorts } from './scan.ts';
import { scanSession } from './scan.ts';
import { Tails } from './tails.ts';

/** How the reader works. Tests set small numbers, or have every line parsed. */
export interface ClaudeLimits extends LineLimits {
  /** Texts held at once, in UTF-16 units. A session with more is read twice. */
  readonly heldUnits: number;
  readonly parseAll: boolean;
}

const MAX_STARTS = 4;
/** Nothing is known. */
const WHOLE = { knownOf: () => null, unchangedOf: () => null };

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
  readonly #remembered: string | undefined;
  #decoded: Tails | null = null;

  /** @param remembered what {@link memory} gave at an earlier import */
  constructor(listing: Listing, limits: ClaudeLimits, remembered: string | undefined) {
    this.#remembered = remembered;
    this.#listing = listing;
    this.#limits = limits;
    this.path = listing.path;
    this.store = storeOf(listing.path);
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

  /** Of sources that did not change nobody asks what they remember. */
  get #tails(): Tails {
    this.#decoded ??= Tails.decode(this.#remembered);
    return this.#decoded;
  }

  memory(): string {
    return this.#tails.encode();
  }

  async read(
    wanted: ReadonlySet<string> | 'all',
    reading: Reading,
    signal: AbortSignal,
    kept: ReadonlyMap<string, string> = new Map(),
  ): Promise<void> {
    for (let start = 1; ; start++) {
      try {
        await this.#readOnce(wanted, reading, signal, kept);
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
      const { size, modified } = await stateOf(file);
      return [size, modified];
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
    const { parseAll } = this.#limits;
    const options = { ...WHOLE, withLinks: true, heldUnits: null, parseAll, limits: this.#limits };
    const ports = this.#ports(signal, () => undefined);
    await new Pass(this.#listing, new Set([fileSessionId(sessionId)]), options, ports, listener).run();
    return { messages, problems };
  }

  async transcript(sessionId: string, signal: AbortSignal): Promise<SessionReader | null> {
    signal.throwIfAborted();
    const session = this.#listing.sessions.get(fileSessionId(sessionId));
    if (session === undefined) return null;
    const [meta = null] = await Promise.all(session.files.map((file) => agentTypeIn(file.meta)));
    const agent = session.type === 'user' ? MAIN_AGENT : (helperName(session.id) ?? meta ?? 'subagent');
    return new ClaudeSession(sessionId, session, {
      open: (file) => this.#files.open(file),
      limits: this.#limits,
      agent: sessionId === session.id ? agent : 'subagent',
    });
  }

  close(): void {
    this.#files.close();
  }

  async #readOnce(
    wanted: ReadonlySet<string> | 'all',
    reading: Reading,
    signal: AbortSignal,
    kept: ReadonlyMap<string, string>,
  ): Promise<void> {
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
    const knownOf = (session: ListedSession): KnownSession | null => this.#knownOf(session.id, kept.get(session.id));
    const unchangedOf = (session: ListedSession): KnownSession | null =>
      this.#knownOf(session.id, listedHead(session).version);
    const how = { withLinks: false, heldUnits, parseAll, limits: this.#limits };
    const options = kept.size === 0 ? { ...how, ...WHOLE } : { ...how, knownOf, unchangedOf };
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
    tellReading(sessions, result, reading);
    this.#tails.set(result.session.id, knownFrom(result.session, result, ownsAll(result)));
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

  /** What is known of a session as it was in this version. */
  #knownOf(sessionId: string, version: string | undefined): KnownSession | null {
    const known = this.#tails.get(sessionId);
    return known !== null && known.version === version ? known : null;
  }

  #ports(signal: AbortSignal, progress: (bytes: number) => void): ScanPorts {
    return { signal, progress, open: (file) => this.#files.open(file) };
  }
}

/** The name of the store at this path. */
export function storeOf(path: string): string {
  return `claude:${path}`;
}

function ownsAll({ draft, isOwned }: PassResult): boolean {
  return [...draft.messages.keys()].every(isOwned);
}

function stillChanging(path: string): ProblemError {
  const text = `${path} kept changing while it was read. Wait until Claude Code is idle, or close it, and try again.`;
  return new ProblemError(problem('file-changed', 'error', path, text));
}
