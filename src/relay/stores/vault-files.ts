import { link, open, readdir, rename, rm, stat, truncate } from 'node:fs/promises';
import { type DurableFiles, nodeDurableFiles } from '../../platform/node/durable-files.ts';
import { errorCode, isMissing } from '../../platform/node/system-error.ts';

export interface FileFacts {
  readonly bytes: number;
  /** When it was written, ms; as finely as the file system keeps it. */
  readonly modified: number;
}

/** What the file store needs of a file system beside {@link DurableFiles}. */
export interface VaultFiles extends DurableFiles {
  /** Gives a file a second name. False when the name is taken, null when its folder is not there. */
  linkNew(from: string, to: string): Promise<boolean | null>;
  /** False when a folder with something in it stands there, or nothing at `from`. */
  moveFolder(from: string, to: string): Promise<boolean>;
  /** Names in a folder; null when it isn't there. */
  names(path: string): Promise<string[] | null>;
  /** Null when it isn't there. */
  facts(path: string): Promise<FileFacts | null>;
  /** Null when the file isn't there, or was emptied while it was read. */
  readWhole(path: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Leaves the name and takes what it holds. */
  empty(path: string): Promise<void>;
  removeFolder(path: string): Promise<void>;
}

export const nodeVaultFiles: VaultFiles = {
  ...nodeDurableFiles,
  async linkNew(from, to) {
    try {
      await link(from, to);
      return true;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false;
      return unlessMissing(error, null);
    }
  },
  async moveFolder(from, to) {
    try {
      await rename(from, to);
      return true;
    } catch (error) {
      if (['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(errorCode(error) ?? '')) return false;
      return unlessMissing(error, false);
    }
  },
  async names(path) {
    try {
      return await readdir(path);
    } catch (error) {
      return unlessMissing(error, null);
    }
  },
  async facts(path) {
    try {
      const { size, mtimeMs } = await stat(path);
      return { bytes: size, modified: mtimeMs };
    } catch (error) {
      return unlessMissing(error, null);
    }
  },
  async readWhole(path) {
    try {
      const file = await open(path);
      try {
        const content = new Uint8Array(await file.readFile());
        return content.length > 0 && (await file.stat()).size === content.length ? content : null;
      } finally {
        await file.close();
      }
    } catch (error) {
      return unlessMissing(error, null);
    }
  },
  async empty(path) {
    try {
      await truncate(path);
    } catch (error) {
      unlessMissing(error, undefined);
    }
  },
  async removeFolder(path) {
    await rm(path, { recursive: true, force: true });
  },
};

function unlessMissing<T>(error: unknown, value: T): T {
  if (isMissing(error)) return value;
  throw error;
}
