/** What a source asked to be remembered until its next import, a group for each. Device-local, and bounded by the source. */
import { shortHash } from '../model/short-hash.ts';
import type { GroupStore } from '../state/group-store.ts';
import type { Writes } from '../state/state-keeper.ts';
import type { ReadSource } from './receipt.ts';

export const MEMORY_PREFIX = 'source-memory/';

export async function loadMemory(sourceStore: string, store: GroupStore): Promise<string | undefined> {
  const key = keyOf(sourceStore);
  return (await store.read([key])).get(key);
}

/** What to write beside the results of these sources; memories of sources that nobody knows any more go. */
export async function memoryWrites(
  sources: readonly ReadSource[],
  known: Iterable<string>,
  store: GroupStore,
): Promise<Writes> {
  const writes: Writes = new Map();
  const kept = new Set([...known].map(keyOf));
  for (const key of await store.keys()) if (key.startsWith(MEMORY_PREFIX) && !kept.has(key)) writes.set(key, null);
  for (const { store: name, memory } of sources) if (memory !== undefined) writes.set(keyOf(name), memory);
  return writes;
}

function keyOf(sourceStore: string): string {
  return MEMORY_PREFIX + shortHash([sourceStore]);
}
