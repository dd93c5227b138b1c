import type { UseStore } from 'idb-keyval';
import { getMany, keys as allKeys, promisifyRequest } from 'idb-keyval';
import { problem, ProblemError } from '../../core/model/problem.ts';
import type { GroupStore, GroupWrite } from '../../core/state/group-store.ts';
import { writtenText } from '../../core/state/group-store.ts';
import { openDatabase } from './open-database.ts';

/**
 * Groups in IndexedDB: one value a group, one read-write transaction a commit.
 *
 * @throws ProblemError `storage-failed` when the browser refuses
 */
export async function openIdbStore(name: string): Promise<GroupStore> {
  const store = new IdbStore(openDatabase(name));
  await store.keys();
  return store;
}

class IdbStore implements GroupStore {
  readonly #use: UseStore;

  constructor(use: UseStore) {
    this.#use = use;
  }

  async keys(): Promise<string[]> {
    return explained(() => allKeys<string>(this.#use));
  }

  async read(keys: readonly string[]): Promise<Map<string, string>> {
    const values = await explained(() => getMany<string>([...keys], this.#use));
    const found = new Map<string, string>();
    for (const [at, key] of keys.entries()) {
      const value = values[at];
      if (value !== undefined) found.set(key, value);
    }
    return found;
  }

  async commit(writes: ReadonlyMap<string, GroupWrite>): Promise<void> {
    // taken now: the caller may change its map while the database opens
    const taken = [...writes];
    await explained(() => this.#use('readwrite', (store) => writeAll(store, taken)));
  }
}

/** One after the other, in one transaction: all at once the browser would hold a copy of each in memory. */
async function writeAll(store: IDBObjectStore, writes: readonly (readonly [string, GroupWrite])[]): Promise<undefined> {
  const written = promisifyRequest(store.transaction);
  // told when it is waited for
  written.catch(() => undefined);
  try {
    for (const [key, write] of writes) {
      if (write === null) await promisifyRequest(store.delete(key));
      else await promisifyRequest(store.put(writtenText(write), key));
    }
  } catch (error) {
    // else what was put so far would be kept
    abort(store.transaction);
    throw error;
  }
  return written;
}

/** Where a request failed it has ended by itself. */
function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // it has
  }
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ProblemError(storageProblem(error));
  }
}

function storageProblem(error: unknown): ReturnType<typeof problem> {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') {
    return failed('The browser has no room left for what Dramatis keeps. Free some disk space, then try again.');
  }
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return failed(
    `The browser does not let Dramatis keep anything (${reason}). Allow site data for this page, then try again.`,
  );
}

function failed(message: string): ReturnType<typeof problem> {
  return problem('storage-failed', 'error', 'browser storage', message);
}
