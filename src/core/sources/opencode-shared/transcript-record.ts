import type { JsonObject } from '../opencode-db/json.ts';

/** A part as it stands in its source. */
export interface PartRecord {
  readonly id: string;
  /** Null: it is no JSON object. */
  readonly data: JsonObject | null;
  /** What stands there instead. */
  readonly text?: string;
}

/** A message of any generation before OpenCode 2, with its parts in order. */
export interface MessageRecord {
  readonly id: string;
  readonly data: JsonObject;
  /** ms, where the store says them beside the JSON. */
  readonly created?: number | null;
  readonly parts: readonly PartRecord[];
}
