/** What is kept of a session to account for time, tokens and cost: who was at work when, and what each answer took. */
import type { Role } from './message.ts';

/** What one answer of a model took, as its tool recorded it. Counts are tokens. */
export interface TokenUse {
  /** As the tool names it: `anthropic/claude-sonnet-4`, `claude-opus-4-1`. */
  readonly model: string;
  readonly input: number;
  readonly output: number;
  readonly reasoning: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** US dollars; null when the tool did not record it. */
  readonly cost: number | null;
}

/** A stretch of time, ms since 1970. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A prompt a person wrote, or an answer of an agent. */
export interface ActivityEntry {
  /** Of a prompt the id of the message, of an answer what stands for it. */
  readonly key: string;
  readonly role: Role;
  /** Lower-cased agent id. */
  readonly agent: string;
  /** ms */
  readonly time: number;
  /** When it was complete, ms; its own time where that is not known. */
  readonly end: number;
  /** Runs of its tools that reach beyond it. */
  readonly runs: readonly Stretch[];
  readonly use: TokenUse | null;
}

/** The entries of a session as they are stored, see ../activity/entries.ts. */
export interface SessionActivity {
  readonly sessionId: string;
  readonly agents: readonly string[];
  readonly models: readonly string[];
  /** A line an entry, by time. */
  readonly entries: string;
}

/** What {@link CatalogRow.reading} says of a row that was made by this version: rows of earlier ones have no activity. */
export const READING = 2;
