import type { GroupStore } from '../../core/state/group-store.ts';
import { MemoryStore } from '../../core/state/memory-store.ts';
import { type DurableFiles, nodeDurableFiles } from './durable-files.ts';
import { loadManifest, readGroup } from './file-store.ts';
import type { Manifest } from './manifest.ts';
import { storageFailed } from './storage-failed.ts';

/** A reader is overtaken only by whole commits, each of which takes longer than reading: this many in a row don't happen. */
const MOST_TRIES = 20;

/**
 * What a folder's state is at this moment, for commands that only read: takes no lock, makes no folder, changes nothing on the
 * disk. What is committed to it stays in memory. Consistent while another process writes: all of it is from one commit.
 */
export async function openSnapshot(folder: string, files: DurableFiles = nodeDurableFiles): Promise<GroupStore> {
  try {
    return new MemoryStore(await readWhole(folder, files));
  } catch (error) {
    throw storageFailed(folder, error);
  }
}

async function readWhole(folder: string, files: DurableFiles): Promise<Map<string, string>> {
  let manifest = await loadManifest(folder, files);
  for (let tries = 1; ; tries++) {
    const groups = await readAll(folder, files, manifest);
    const after = await loadManifest(folder, files);
    // the same commit before and after: no file was removed under the reading
    if (after.commit === manifest.commit || tries === MOST_TRIES) return groups;
    manifest = after;
  }
}

async function readAll(folder: string, files: DurableFiles, manifest: Manifest): Promise<Map<string, string>> {
  const entries = [...manifest.files].map(async ([key, name]) => [key, await readGroup(folder, files, name)] as const);
  return new Map(await Promise.all(entries));
}
