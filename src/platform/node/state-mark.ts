import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeDurableFiles } from './durable-files.ts';
import { loadManifest, MANIFEST } from './file-store.ts';
import { storageFailed } from './storage-failed.ts';
import { isMissing } from './system-error.ts';

/** A text that is another one after every commit to a state folder; empty where there is none. Reads no file. Throws ProblemError. */
export async function stateMark(folder: string): Promise<string> {
  try {
    const { ino, mtimeNs, size } = await stat(join(folder, MANIFEST), { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch (error) {
    if (isMissing(error)) return '';
    throw storageFailed(folder, error);
  }
}

/** A text that is another one after what is kept was changed, and the same after what a device only remembers of its vault was. */
export async function contentMark(folder: string): Promise<string> {
  try {
    const { files } = await loadManifest(folder, nodeDurableFiles);
    const kept = [...files].filter(([key]) => !key.startsWith('sync/'));
    return kept.map(([, name]) => name).join('\n');
  } catch (error) {
    throw storageFailed(folder, error);
  }
}
