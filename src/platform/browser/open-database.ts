import type { UseStore } from 'idb-keyval';
import { promisifyRequest } from 'idb-keyval';

const STORE = 'groups';

/**
 * A database of keys and values for idb-keyval's functions, like its `createStore`, with two differences: transactions are
 * strict, so that what was committed survives a power cut too, and the connection is opened again when it was closed.
 */
export function openDatabase(name: string): UseStore {
  let opened: Promise<IDBDatabase> | null = null;
  const database = (): Promise<IDBDatabase> => {
    opened ??= open(name, () => {
      opened = null;
    });
    return opened;
  };
  return async (mode, callback) => {
    const transaction = (await database()).transaction(STORE, mode, { durability: 'strict' });
    return callback(transaction.objectStore(STORE));
  };
}

async function open(name: string, onGone: () => void): Promise<IDBDatabase> {
  try {
    const request = indexedDB.open(name);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
    const database = await promisifyRequest(request);
    database.addEventListener('close', onGone);
    // another tab deletes the database, as leaving the sample does: let it
    database.addEventListener('versionchange', () => {
      database.close();
      onGone();
    });
    return database;
  } catch (error) {
    onGone();
    throw error;
  }
}

export async function deleteDatabase(name: string): Promise<void> {
  await promisifyRequest(indexedDB.deleteDatabase(name));
}
