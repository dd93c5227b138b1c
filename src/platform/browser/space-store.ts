/** Where a space keeps its groups, and what to do when the browser lets nothing be kept. */
import type { Problem } from '../../core/model/problem.ts';
import { ProblemError } from '../../core/model/problem.ts';
import type { GroupStore } from '../../core/state/group-store.ts';
import { MemoryStore } from '../../core/state/memory-store.ts';
import { openIdbStore } from './idb-store.ts';
import type { Space } from './space.ts';
import { databaseName } from './space.ts';
import type { Role } from './workspace-api.ts';

export interface SpaceStore {
  readonly store: GroupStore;
  /** Why nothing will be kept after this tab, when that is so. */
  readonly memoryOnly: Problem | null;
}

/** The owner writes; a follower gets a copy in memory, so that nothing it does can reach what is kept. */
export async function openSpaceStore(space: Space, role: Role): Promise<SpaceStore> {
  try {
    const store = await openIdbStore(databaseName(space));
    if (role === 'owner') return { store, memoryOnly: null };
    return { store: new MemoryStore(await store.read(await store.keys())), memoryOnly: null };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { store: new MemoryStore(), memoryOnly: error.problem };
  }
}
