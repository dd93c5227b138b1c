/** One row of a table, whoever read it. Columns are numbered as they were asked for. Valid until the visitor returns. */
export interface Row {
  readonly rowid: number;
  /** False while part of it lies in overflow pages that were not read: the last columns may be cut. */
  readonly complete: boolean;
  /** Text, or null for anything else and for a column the table has not. */
  text(column: number): string | null;
  /** A number, or null for anything else. */
  number(column: number): number | null;
  /** Whether it is a text or a blob. */
  has(column: number): boolean;
  /** UTF-8 bytes of a text or blob that are at hand, a view: all of them when the row is complete. */
  bytes(column: number): Uint8Array | null;
}

/**
 * Takes rows of one table.
 *
 * @returns false when the row is not complete and all of it is needed: it comes again, complete
 */
export type RowVisitor = (row: Row) => boolean;

/** A row whose stored bytes are more than this is reported and not loaded. */
export const MAX_ROW_BYTES = 64 * 1024 * 1024;
