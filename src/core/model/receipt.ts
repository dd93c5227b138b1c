import type { Problem } from './problem.ts';

/** found = new + updated + unchanged + skipped, always. */
export interface Tally {
  readonly found: number;
  readonly new: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
}

export interface SourceReceipt {
  /** The file or folder as the person knows it. */
  readonly path: string;
  readonly kind: string;
  readonly sessions: Tally;
  readonly messages: Tally;
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
