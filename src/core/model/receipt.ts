import type { Problem } from './problem.ts';

/** found = new + updated + unchanged + skipped, always. */
export interface Tally {
  readonly found: number;
  readonly new: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
}

/** What became of everything that was found, so that it is plain why personas hold less. Skipped ones are not among these. */
export interface Explained {
  /** Each session is in one of the numbers but `forks`. */
  readonly sessions: {
    /** A person opened it, and something was said in it. */
    readonly personas: number;
    readonly subAgents: number;
    /** What a tool runs for itself, to sum up a conversation or guess a prompt. */
    readonly helpers: number;
    /** Without a message. */
    readonly empty: number;
    /** Nothing was said in it that a persona may keep. */
    readonly silent: number;
    /** Another source holds all of it, in a copy that is as new. */
    readonly copies: number;
    /** How many of all these began as a copy of another session. */
    readonly forks: number;
  };
  /** Each message is in one of the numbers. */
  readonly messages: {
    readonly personas: number;
    /** Said to and by sub-agents and helpers. */
    readonly subAgents: number;
    /** Without words, or the tool's own talk: summaries, titles. */
    readonly silent: number;
    /** Another source holds it too. */
    readonly copies: number;
  };
}

export interface SourceReceipt {
  /** The file or folder as the person knows it. */
  readonly path: string;
  readonly kind: string;
  readonly sessions: Tally;
  readonly messages: Tally;
  /** Null for what could not be used at all, and for sources last read by an earlier version. */
  readonly explained: Explained | null;
  readonly problems: readonly Problem[];
  /** Bytes of the source read for this import, and its size. */
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

/** found = kept + pruned. */
export interface PersonaReceipt {
  readonly id: string;
  /** Messages with text that the catalog knows of this persona. */
  readonly found: number;
  /** Of those, in persona state now. */
  readonly kept: number;
  /** Of those, left in the source: too old, or no room. */
  readonly pruned: number;
  /** Kept with only their head. */
  readonly clipped: number;
}

/** One decision of the byte rule, in words a person can read. */
export interface ByteDecision {
  readonly reason: 'clipped' | 'left-to-archive';
  readonly persona: string;
  readonly messages: number;
  readonly text: string;
}

export interface Receipt {
  readonly sources: readonly SourceReceipt[];
  readonly personas: readonly PersonaReceipt[];
  readonly state: { readonly bytes: number; readonly limitBytes: number };
  readonly decisions: readonly ByteDecision[];
  /** When this import began, ms since 1970. */
  readonly lastSync: number;
  /** Nothing new, nothing updated. */
  readonly unchanged: boolean;
  readonly durationMs: number;
}
