/**
 * Where the workspace keeps what must survive: values under keys, each value one record group as text (a persona with its
 * messages, the topics, a month of the catalog). IndexedDB in a browser, files in Node, a Map in tests.
 *
 * The contract, the same for all (see group-store.contract.ts):
 * - `commit` is one transaction: after a crash at any moment either all of its writes are there or none.
 * - `commit` resolves only when the writes will survive a crash. When it fails it throws ProblemError `storage-failed`
 *   and nothing has changed.
 * - When a text can't be made the commit fails, and nothing has changed.
 * - A value is given back exactly as it was written.
 */
/**
 * What a commit puts under a key: a text, or what makes it when its turn has come, so that a commit of many large groups needs the
 * memory of one. Null deletes.
 */
export type GroupWrite = string | (() => string) | null;

export function writtenText(write: string | (() => string)): string {
  return typeof write === 'string' ? write : write();
}

export interface GroupStore {
  keys(): Promise<string[]>;
  /** Values of these keys; keys that are not there are missing from the map. */
  read(keys: readonly string[]): Promise<Map<string, string>>;
  commit(writes: ReadonlyMap<string, GroupWrite>): Promise<void>;
}
