/**
 * State in files: one for each record group in `groups/`, and `manifest.json`, which says which file holds which key.
 *
 * A commit covers several groups and must be whole:
 *   1. write the new groups under names no manifest knows; sync them and their folder
 *   2. write `manifest.json.tmp` and sync it
 *   3. rename it over `manifest.json` and sync the folder     <- the commit
 *   4. remove the files that only the old manifest named
 * A crash before 3 leaves the old state and some files nobody names, a crash after 3 the new state and some old files. Both
 * are cleared away when the store is opened again. One process writes at a time (lock.ts); others read a snapshot.
 */
import { dirname, join } from 'node:path';
import type { GroupStore, GroupWrite } from '../../core/state/group-store.ts';
import { writtenText } from '../../core/state/group-store.ts';
import { type DurableFiles, nodeDurableFiles } from './durable-files.ts';
import { decodeManifest, EMPTY_MANIFEST, encodeManifest, fileNameFor, type Manifest } from './manifest.ts';
import { storageFailed } from './storage-failed.ts';
import { decodeText, encodeText } from './text-bytes.ts';

export const MANIFEST = 'manifest.json';
const TEMPORARY = 'manifest.json.tmp';
const GROUPS = 'groups';

type Writes = ReadonlyMap<string, GroupWrite>;

/**
 * Opens the store in a folder, which is made when it isn't there, and clears away what a crash left. The caller holds the lock.
 * Throws ProblemError: `storage-failed` when the folder can't be used, `state-newer` or `state-unreadable` by what is in it.
 */
export async function openFileStore(folder: string, files: DurableFiles = nodeDurableFiles): Promise<GroupStore> {
  try {
    await files.makeFolder(join(folder, GROUPS));
    await files.syncFolder(folder);
    await files.syncFolder(dirname(folder));
    const manifest = await loadManifest(folder, files);
    await clearAway(folder, files, manifest);
    return new FileStore(folder, files, manifest);
  } catch (error) {
    throw storageFailed(folder, error);
  }
}

/** The manifest in a folder; an empty one when there is none. */
export async function loadManifest(folder: string, files: DurableFiles): Promise<Manifest> {
  const path = join(folder, MANIFEST);
  const bytes = await files.read(path);
  return bytes === null ? EMPTY_MANIFEST : decodeManifest(decodeText(bytes), path);
}

/**
 * The text of a group. A file that is gone although the manifest names it comes back as empty text: no group is empty, so its
 * reader sets it aside and offers the value before it, which is more than an error here could do.
 */
export async function readGroup(folder: string, files: DurableFiles, name: string): Promise<string> {
  const bytes = await files.read(join(folder, GROUPS, name));
  return bytes === null ? '' : decodeText(bytes);
}

class FileStore implements GroupStore {
  readonly #folder: string;
  readonly #files: DurableFiles;
  /** Null when a failure left it unknown what is on the disk: it is read again before anything else is done. */
  #manifest: Manifest | null;
  /** Counts attempts, not commits: no file name is used twice. */
  #attempt: number;
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string, files: DurableFiles, manifest: Manifest) {
    this.#folder = folder;
    this.#files = files;
    this.#manifest = manifest;
    this.#attempt = manifest.commit;
  }

  keys(): Promise<string[]> {
    return this.#inTurn(async ({ files }) => [...files.keys()]);
  }

  read(keys: readonly string[]): Promise<Map<string, string>> {
    const wanted = [...keys];
    return this.#inTurn(async ({ files }) => {
      const found = new Map<string, string>();
      for (const key of wanted) {
        const name = files.get(key);
        if (name !== undefined) found.set(key, await readGroup(this.#folder, this.#files, name));
      }
      return found;
    });
  }

  commit(writes: Writes): Promise<void> {
    const wanted = new Map(writes);
    return this.#inTurn((manifest) => this.#commit(manifest, wanted));
  }

  /** One thing at a time, in the order it was asked for. A failure is its caller's, not that of those who come after. */
  #inTurn<T>(work: (manifest: Manifest) => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      try {
        this.#manifest ??= await loadManifest(this.#folder, this.#files);
        return await work(this.#manifest);
      } catch (error) {
        throw storageFailed(this.#folder, error);
      }
    });
    this.#last = Promise.allSettled([result]);
    return result;
  }

  async #commit(old: Manifest, writes: Writes): Promise<void> {
    if (writes.size === 0) return;
    this.#attempt = Math.max(this.#attempt, old.commit) + 1;
    const files = new Map(old.files);
    const next = { commit: this.#attempt, files };
    const added: string[] = [];
    try {
      for (const [key, write] of writes) {
        if (write === null) {
          files.delete(key);
          continue;
        }
        const name = fileNameFor(key, next.commit);
        added.push(name);
        files.set(key, name);
        await this.#files.write(this.#groupPath(name), encodeText(writtenText(write)));
      }
      if (added.length > 0) await this.#files.syncFolder(join(this.#folder, GROUPS));
      await this.#point(next);
    } catch (error) {
      await this.#undo(old, next, added);
      throw error;
    }
    this.#manifest = next;
    const named = new Set(files.values());
    await this.#removeGroups([...old.files.values()].filter((name) => !named.has(name)));
  }

  /** Makes a manifest the one that counts. */
  async #point(manifest: Manifest): Promise<void> {
    const temporary = join(this.#folder, TEMPORARY);
    await this.#files.write(temporary, Buffer.from(encodeManifest(manifest)));
    await this.#files.replace(temporary, join(this.#folder, MANIFEST));
    await this.#files.syncFolder(this.#folder);
  }

  /** After a failed commit: back to the old manifest if the new one is in its place already, and the new files away. */
  async #undo(old: Manifest, next: Manifest, added: readonly string[]): Promise<void> {
    this.#manifest = null;
    try {
      const onDisk = await loadManifest(this.#folder, this.#files);
      if (onDisk.commit === next.commit) await this.#point(old);
      this.#manifest = old;
    } catch {
      return; // the disk fails altogether: the commit's own error says so, and nothing is removed that may still count
    }
    await this.#removeGroups(added);
  }

  /** What can't be removed now is cleared away when the store is opened next: it is named nowhere. */
  async #removeGroups(names: readonly string[]): Promise<void> {
    await Promise.allSettled(names.map((name) => this.#files.remove(this.#groupPath(name))));
  }

  #groupPath(name: string): string {
    return join(this.#folder, GROUPS, name);
  }
}

async function clearAway(folder: string, files: DurableFiles, manifest: Manifest): Promise<void> {
  const named = new Set(manifest.files.values());
  const left = (await files.list(join(folder, GROUPS))).filter((name) => !named.has(name));
  const paths = [...left.map((name) => join(folder, GROUPS, name)), join(folder, TEMPORARY)];
  await Promise.all(paths.map((path) => files.remove(path)));
}
