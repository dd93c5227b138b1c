/** What one store holds of a session that several stores of its tool hold. */
export interface SessionCopy {
  /** The key of its source record, and its format. */
  readonly store: string;
  readonly kind: string;
  /** The session's own time, and its version where the format has one, as that store said them when it was read. */
  readonly updated: number;
  readonly version: string | null;
  /** Whether its messages were offered to personas. */
  readonly offered: boolean;
  /** Messages it holds. */
  readonly messages: number;
  /** Of those, the ones no copy before it has. */
  readonly further: number;
  /** And of these, the ones personas may keep. */
  readonly spoken: number;
  /** As {@link CatalogRow.reading}. */
  readonly reading?: number | undefined;
  /** Its store did not have it any more when another copy was read. */
  readonly lost?: boolean | undefined;
}

/**
 * What was said in a session, without the words: enough to tell which messages of another copy are new. Kept beside the
 * moments of a session, for every session that is not extremely long.
 */
export interface SaidIndex {
  readonly agents: readonly string[];
  /** A line a message, in order. */
  readonly messages: string;
}
