/** What the workspace hands to screens of memory, the queue and the ceremony. */
import type { Evidence, Item, ItemKind, ItemStatus } from './item.ts';
import type { Job } from './job.ts';
import type { Problem } from './problem.ts';
import type { ByteDecision } from './receipt.ts';

export interface MemoryQuery {
  /** Words that must all appear in name, description, aliases or evidence; case-insensitive. */
  readonly text?: string;
  readonly kind?: ItemKind;
  /** Default: what is proposed or confirmed. */
  readonly status?: readonly ItemStatus[];
  /** Only what this persona was told, or what words of this session say. */
  readonly persona?: string;
  readonly session?: string;
  readonly offset?: number;
  readonly limit?: number;
}

export interface MemoryPage {
  readonly total: number;
  readonly items: readonly Item[];
  /** Of all that fit the query but for its kind. */
  readonly kinds: Readonly<Record<ItemKind, number>>;
}

/** What can be done to an item by hand. `delete`: it is gone, on all devices, with its words. `merge`: the others become names or words of `into`. */
export type ItemAction =
  | { readonly kind: 'confirm'; readonly id: string }
  | { readonly kind: 'reject'; readonly id: string }
  | { readonly kind: 'delete'; readonly id: string }
  | { readonly kind: 'correct'; readonly id: string; readonly name?: string; readonly description?: string }
  | { readonly kind: 'merge'; readonly ids: readonly string[]; readonly into: string };

/** The last thing done by hand, that can be undone. */
export interface Undoable {
  readonly kind: ItemAction['kind'];
  readonly name: string;
  /** ms since 1970 */
  readonly time: number;
}

/** Where the words of an item stand now. `kept`: a persona keeps the message. `changed`: it says something else by now. */
export type EvidencePlace = 'kept' | 'in-source' | 'changed' | 'not-connected' | 'gone';

export interface Reason {
  readonly item: Item;
  readonly evidence: readonly (Evidence & {
    readonly place: EvidencePlace;
    readonly sessionTitle: string;
    readonly projectName: string;
  })[];
  /** Items that became this one. */
  readonly merged: readonly Item[];
}

export interface ExtractProgress {
  readonly jobsDone: number;
  readonly jobsLeft: number;
  readonly messages: number;
  readonly tokensDone: number;
  readonly tokensLeft: number;
  readonly calls: number;
  readonly items: number;
  readonly elapsedMs: number;
  /** Null until it can be said. */
  readonly leftMs: number | null;
  /** Null when tokens or prices are not known. */
  readonly cost: number | null;
}

/** Why a run ended with jobs left. */
export type StopReason = 'budget' | 'cancelled' | 'provider' | 'waiting';

export interface ExtractReport {
  readonly jobs: { readonly done: number; readonly failed: number; readonly left: number; readonly waiting: number };
  readonly messages: number;
  /** Of history, as they were counted before the calls. */
  readonly tokens: number;
  readonly calls: number;
  /** As the provider counted; null when it did not say. */
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | null;
  readonly cost: number | null;
  readonly items: { readonly new: number; readonly changed: number };
  /** Findings that did not hold. */
  readonly dropped: number;
  /** Null: nothing is left that could be done now. */
  readonly stopped: StopReason | null;
  /** Sources that could not be read, calls that failed, why the provider is paused. */
  readonly problems: readonly Problem[];
  /** What had to leave state, so that it stays under its limit. */
  readonly decisions: readonly ByteDecision[];
  readonly state: { readonly bytes: number; readonly limitBytes: number };
  readonly durationMs: number;
}

export type ExtractOutcome =
  { readonly ok: true; readonly report: ExtractReport } | { readonly ok: false; readonly problems: readonly Problem[] };

/** What waits, in numbers a person can decide by: "about 460 calls, 4.6 M tokens". */
export interface QueueSummary {
  readonly jobs: readonly Job[];
  readonly calls: number;
  readonly inputTokens: number;
  readonly inputCost: number | null;
}

export interface CeremonyReport {
  readonly personas: readonly { readonly id: string; readonly pruned: number; readonly released: number }[];
  /** Duplicates that became one with another item. */
  readonly merged: readonly { readonly id: string; readonly name: string; readonly into: string }[];
  /** Entries of the ledger that let their keys go. */
  readonly sealed: number;
  readonly bytesBefore: number;
  readonly bytes: number;
}

export type CeremonyOutcome =
  | { readonly ok: true; readonly report: CeremonyReport }
  /** Jobs are queued: first they are done. */
  | { readonly ok: false; readonly problems: readonly Problem[] };
