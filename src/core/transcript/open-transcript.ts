/** A session that is open to be looked at, from its sources, until it is closed. */
import type { AgentSession } from '../model/agent-session.ts';
import type { Problem } from '../model/problem.ts';
import type { TranscriptMessage } from '../model/transcript.ts';
import type { SessionReader } from '../sources/session-reader.ts';
import type { Source } from '../sources/source.ts';
import { clipMessage } from './clip.ts';
import type { ExportOptions } from './export/export-transcript.ts';
import { exportTranscript } from './export/export-transcript.ts';
import type { Hit } from './find.ts';
import { findIn, findQuery } from './find.ts';
import type { RedactedPlace } from './redact-message.ts';
import { redactMessage } from './redact-message.ts';
import { unitedSession } from './united-session.ts';

/** Messages read at a time where all of them are gone through. */
const AT_A_TIME = 100;
const never = new AbortController().signal;

/** A secret an export would hide, and in which message it stands. */
export interface PlaceInMessage extends RedactedPlace {
  readonly at: number;
  readonly messageId: string;
  readonly time: number;
}

export interface PassOptions {
  readonly signal?: AbortSignal;
  /** How many of how many messages were gone through. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A session in one of the stores that hold it. */
export interface FoundSession {
  readonly source: Source;
  readonly reader: SessionReader;
}

export class OpenTranscript {
  readonly session: AgentSession;
  /** Where it is read from first. */
  readonly path: string;
  readonly #sources: readonly Source[];
  readonly #refused: readonly Problem[];
  readonly #reader: SessionReader;
  #placeOf: ReadonlyMap<string, number> | null = null;

  /**
   * @param found where the session is, the store that counts first
   * @param refused why other places could not be looked into
   */
  constructor(session: AgentSession, found: readonly [FoundSession, ...FoundSession[]], refused: readonly Problem[]) {
    const [first, ...others] = found;
    this.session = session;
    this.path = first.source.path;
    this.#sources = found.map(({ source }) => source);
    this.#refused = refused;
    this.#reader = unitedSession([first.reader, ...others.map(({ reader }) => reader)]);
  }

  get problems(): readonly Problem[] {
    return [...this.#refused, ...this.#sources.flatMap(({ problems }) => problems), ...this.#reader.problems];
  }

  /** Bytes read of the sources so far. */
  get bytesRead(): number {
    return this.#sources.reduce((sum, source) => sum + source.bytesRead, 0);
  }

  /** The last messages with their long texts cut, at once. */
  async newest(count: number, signal = never): Promise<readonly TranscriptMessage[]> {
    return (await this.#reader.newest(count, signal)).map(clipMessage);
  }

  async count(signal = never): Promise<number> {
    return (await this.#reader.ids(signal)).length;
  }

  /** Messages with their long texts cut, by their place. */
  async messages(from: number, to: number, signal = never): Promise<readonly TranscriptMessage[]> {
    return (await this.#reader.messages(from, to, signal)).map(clipMessage);
  }

  /** One message, whole. */
  async message(at: number, signal = never): Promise<TranscriptMessage | null> {
    return (await this.#reader.messages(at, at + 1, signal))[0] ?? null;
  }

  /** What the source holds of it, as JSON. */
  raw(at: number, signal = never): Promise<string> {
    return this.#reader.raw(at, signal);
  }

  /** Null when it is not here. */
  async placeOf(messageId: string, signal = never): Promise<number | null> {
    this.#placeOf ??= new Map((await this.#reader.ids(signal)).map((id, at) => [id, at]));
    return this.#placeOf.get(messageId) ?? null;
  }

  /** Every message, whole, in order. */
  async *all({ signal = never, onProgress }: PassOptions = {}): AsyncGenerator<TranscriptMessage, void, void> {
    const total = await this.count(signal);
    for (let from = 0; from < total; from += AT_A_TIME) {
      signal.throwIfAborted();
      const to = Math.min(total, from + AT_A_TIME);
      yield* await this.#reader.messages(from, to, signal);
      onProgress?.(to, total);
      // questions of the page come between
      await nextTurn();
    }
  }

  /** Where it stands, in everything that is shown, folded or not. @param query see {@link findQuery} */
  async *find(query: string, options: PassOptions = {}): AsyncGenerator<Hit, void, void> {
    const asked = findQuery(query);
    let at = 0;
    for await (const message of this.all(options)) yield* findIn(message, at++, asked);
  }

  /** What an export would hide, each place. */
  async *redactions(options: PassOptions = {}): AsyncGenerator<PlaceInMessage, void, void> {
    let at = -1;
    for await (const message of this.all(options)) {
      at += 1;
      const places: RedactedPlace[] = [];
      redactMessage(message, (place) => places.push(place));
      for (const place of places) yield { ...place, at, messageId: message.id, time: message.time };
    }
  }

  export(how: ExportOptions, options: PassOptions = {}): AsyncGenerator<string, void, void> {
    return exportTranscript(this.session, this.all(options), how);
  }

  close(): void {
    for (const source of this.#sources) source.close();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
