/**
 * Where the workspace keeps what must survive: values under keys, each value one record group as text (a persona with its
 * messages, the topics, a month of the catalog). IndexedDB in a browser, files in Node, a Map in tests.
 *
 * The contract, the same for all (see group-store.contract.ts):
 * - `commit` is one transaction: after a crash at any moment either all of its writes are there or none.
 * - `commit` resolves only when the writes will survive a crash. When it fails it throws ProblemError `storage-failed`
 *   and nothing has changed.
 * - A value is given back exactly as it was written.
 */
export interface GroupStore {
  keys(): Promise<string[]>;
  /** Values of these keys; keys that are not there are missing from the map. */
  read(keys: readonly string[]): Promise<Map<string, string>>;
  /** Null deletes. */
  commit(writes: ReadonlyMap<string, string | null>): Promise<void>;
}
