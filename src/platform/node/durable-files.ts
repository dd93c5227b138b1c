import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { constants } from 'node:fs';
import { isMissing } from './system-error.ts';

/** What the file store needs of a file system, each step named for what it promises. Tests make single steps fail. */
export interface DurableFiles {
  makeFolder(path: string): Promise<void>;
  /** Names in a folder; none when it isn't there. */
  list(path: string): Promise<string[]>;
  /** Null when there is no such file. */
  read(path: string): Promise<Uint8Array | null>;
  /** Resolves when the bytes are on the disk, not only in its cache. The name is safe after {@link syncFolder}. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Puts a file in the place of another in one step. */
  replace(from: string, to: string): Promise<void>;
  /** Makes the names in a folder survive a crash. */
  syncFolder(path: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** The real ones. What is written is for its owner only: it holds conversations. */
export const nodeDurableFiles: DurableFiles = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  async list(path) {
    try {
      return await readdir(path);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  },
  async read(path) {
    try {
      return await readFile(path);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
  async write(path, bytes) {
    const file = await open(path, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  async replace(from, to) {
    await rename(from, to);
  },
  async syncFolder(path) {
    if (process.platform === 'win32') return; // a folder can't be opened there; the file system's journal keeps names
    const folder = await open(path, constants.O_RDONLY);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
  async remove(path) {
    await rm(path, { force: true });
  },
};
