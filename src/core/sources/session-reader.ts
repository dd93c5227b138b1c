import type { Problem } from '../model/problem.ts';
import type { TranscriptMessage } from '../model/transcript.ts';

/**
 * One session, opened to be looked at: its end at once, whatever its length, and the rest in stretches. Throws ProblemError
 * when the source can't be read, SourceChanged when it was written meanwhile.
 */
export interface SessionReader {
  /** The last messages, oldest first. A guess where only reading everything could tell the order. */
  newest(count: number, signal: AbortSignal): Promise<readonly TranscriptMessage[]>;
  /** Ids of all messages in their order. Read once. */
  ids(signal: AbortSignal): Promise<readonly string[]>;
  /** The messages at these places of {@link ids}, `to` not included. */
  messages(from: number, to: number, signal: AbortSignal): Promise<readonly TranscriptMessage[]>;
  /** What the source holds of the message at this place, as JSON. */
  raw(at: number, signal: AbortSignal): Promise<string>;
  /** What could not be read so far. */
  readonly problems: readonly Problem[];
}
