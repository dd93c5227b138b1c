/** What of memory crosses between the page and the worker. */
import type { Evidence, Item } from '../../core/model/item.ts';
import type {
  CeremonyOutcome,
  ItemAction,
  MemoryPage,
  MemoryQuery,
  Reason,
  Undoable,
} from '../../core/model/memory-views.ts';
import type { PickedEntry } from './picked.ts';

export interface SessionName {
  readonly title: string;
  readonly projectName: string;
}

/** A page of items, with the names of the sessions whose words are shown. */
export interface MemoryRows extends MemoryPage {
  readonly sessions: Readonly<Record<string, SessionName>>;
}

export interface ReasonView extends Reason {
  /** The persona that keeps the message, by the id of the message. */
  readonly keptBy: Readonly<Record<string, string>>;
}

/** An action of the person, and what came of it. */
export type ActionOutcome =
  | { readonly ok: true; readonly item: Item; readonly undoable: Undoable | null }
  /** One sentence: why not. */
  | { readonly ok: false; readonly message: string };

export interface MemoryApi {
  query(query: MemoryQuery): MemoryRows;
  /** Null: the item is not there any more. @param entries what is connected: messages that are not kept are looked for in it */
  why(id: string, entries: readonly PickedEntry[]): Promise<ReasonView | null>;
  change(action: ItemAction): Promise<ActionOutcome>;
  undoable(): Undoable | null;
  /** What was undone. */
  undo(): Promise<Undoable | null>;
  isCeremonyDue(): boolean;
  ceremony(): Promise<CeremonyOutcome>;
}

/** The newest words of an item: what a list shows of it. */
export function newestWords({ evidence }: Item): Evidence | undefined {
  return evidence.at(-1);
}
