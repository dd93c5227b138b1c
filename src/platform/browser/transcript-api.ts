/** What of transcripts crosses between the page and the worker. */
import type { AgentSession } from '../../core/model/agent-session.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { TranscriptMessage } from '../../core/model/transcript.ts';
import type { ExportOptions } from '../../core/transcript/export/export-transcript.ts';
import type { Hit } from '../../core/transcript/find.ts';
import type { PlaceInMessage } from '../../core/transcript/open-transcript.ts';
import type { PickedEntry } from './picked.ts';

export type OpenedTranscript =
  | {
      readonly ok: true;
      /** Names it in every other question. */
      readonly key: number;
      readonly session: AgentSession;
      /** Where it is read from. */
      readonly path: string;
      /** The last messages, with their long texts cut. */
      readonly newest: readonly TranscriptMessage[];
    }
  | { readonly ok: false; readonly problem: Problem };

export interface MessagePage {
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly TranscriptMessage[];
}

/** What has been found so far. */
export interface FindEvent {
  readonly hits: readonly Hit[];
  readonly done: number;
  readonly total: number;
}

export interface RedactionEvent {
  readonly places: readonly PlaceInMessage[];
  readonly done: number;
  readonly total: number;
}

/** What goes through a whole session: each beside the other. */
export type TranscriptPass = 'find' | 'redactions' | 'export';

export interface TranscriptApi {
  /** @param entries what is connected: the session is looked for in it */
  open(sessionId: string, entries: readonly PickedEntry[]): Promise<OpenedTranscript>;
  /** Negative offset counts from the end. */
  page(key: number, offset: number, limit: number): Promise<MessagePage>;
  /** Where a message stands; null when it is not here. */
  placeOf(key: number, messageId: string): Promise<number | null>;
  /** One message with nothing cut. */
  message(key: number, at: number): Promise<TranscriptMessage | null>;
  /** What the source holds of it, as JSON. */
  raw(key: number, at: number): Promise<string>;
  problems(key: number): readonly Problem[];
  /** Looks through everything; ends the search before it. What is new since the last event comes with each. */
  find(key: number, query: string, onEvent: (event: FindEvent) => void): Promise<void>;
  /** Each secret an export would hide. Ends the look before it. */
  redactions(key: number, onEvent: (event: RedactionEvent) => void): Promise<void>;
  /** The whole session as a file; null when it was stopped before its end. Ends the export before it. */
  export(key: number, how: ExportOptions, onProgress: (done: number, total: number) => void): Promise<Blob | null>;
  /** Ends the one that is running. */
  stop(key: number, pass: TranscriptPass): void;
  close(key: number): void;
}
