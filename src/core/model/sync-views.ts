/** What screens and commands show of sync. */
import type { Problem } from './problem.ts';

/** What one sync did. */
export interface SyncReport {
  /** Parts of the vault that came from the relay. */
  readonly pulled: number;
  /** How many of them brought something that was not here. */
  readonly merged: number;
  /** Parts that went to the relay, or were taken off it. */
  readonly pushed: number;
  /** Bodies, and headers as far as they can be seen. */
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly requests: number;
}

export type SyncOutcome =
  { readonly ok: true; readonly report: SyncReport } | { readonly ok: false; readonly problem: Problem };

/** How the last sync ended. */
export interface LastSync {
  /** ms since 1970 */
  readonly time: number;
  /** Null when it failed. */
  readonly report: SyncReport | null;
  /** Why it failed; null when it did not. */
  readonly problem: { readonly code: string; readonly message: string } | null;
}

export interface SyncStatus {
  /** Null: this device shares no vault. */
  readonly vault: {
    /** The address of the relay. */
    readonly relay: string;
    /** When this device made or joined it, ms. */
    readonly since: number;
  } | null;
  readonly isRunning: boolean;
  /** Null before the first. */
  readonly last: LastSync | null;
}
