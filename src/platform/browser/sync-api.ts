/** What of sync crosses between the page and the worker. */
import type { SyncOutcome, SyncStatus } from '../../core/model/sync-views.ts';

export interface SyncApi {
  status(): SyncStatus;
  /** The 12 words of the vault; null when this browser shares none. */
  words(): Promise<string | null>;
  /** @param relay null: where the app came from */
  make(relay: string | null): Promise<SyncOutcome>;
  join(words: string, relay: string | null): Promise<SyncOutcome>;
  now(): Promise<SyncOutcome>;
  /** Makes the vault anew from what is here. */
  rewrite(): Promise<SyncOutcome>;
  /** Gives up what is kept here for what the vault has. */
  startFromVault(): Promise<SyncOutcome>;
  off(): Promise<void>;
  /** For all devices. */
  deleteVault(): Promise<SyncOutcome>;
  /** Ends the sync that a person waits for. */
  cancel(): void;
  /** The person is back, or the network. */
  focused(): void;
}
