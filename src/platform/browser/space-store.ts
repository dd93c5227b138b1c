/** Where a space keeps its groups, and what to do when the browser lets nothing be kept. */
import { ProblemError } from '../../core/model/problem.ts';
import type { GroupStore } from '../../core/state/group-store.ts';
import { MemoryStore } from '../../core/state/memory-store.ts';
import { openIdbStore } from './idb-store.ts';
import type { Space } from './space.ts';
import { databaseName } from './space.ts';
import type { LocalCopy } from './copied-store.ts';
import { openCopiedStore } from './copied-store.ts';
import type { NotKept, Role } from './workspace-api.ts';

export interface SpaceStore {
  readonly store: GroupStore;
  /** Why nothing will be kept after this tab, or only a copy of persona state, when that is so. */
  readonly notKept: NotKept | null;
}

/** The owner writes; a follower gets a copy in memory, so that nothing it does can reach what is kept. */
export async function openSpaceStore(space: Space, role: Role, copy: LocalCopy): Promise<SpaceStore> {
  try {
    const store = await openIdbStore(databaseName(space));
    if (role === 'owner') return { store, notKept: null };
    return { store: new MemoryStore(await store.read(await store.keys())), notKept: null };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { problem } = error;
    const copied = await openCopiedStore(copy, role === 'owner');
    if (copied === null) return { store: new MemoryStore(), notKept: { problem, hasCopy: false } };
    return { store: copied, notKept: { problem, hasCopy: true } };
  }
}
