/** For tests: a folder of this machine. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { problem, ProblemError } from '../../model/problem.ts';
import type { ByteSource, SourceFile, SourceFolder } from '../byte-source.ts';
import { MemorySource } from '../sqlite/memory-source.ts';

export function diskFolder(path: string): SourceFolder {
  return {
    name: basename(path),
    path,
    list: async () => {
      await Promise.resolve();
      const entries = readdirSync(path, { withFileTypes: true });
      const full = (name: string): string => join(path, name);
      return {
        files: entries.filter((entry) => entry.isFile()).map((entry) => diskFile(full(entry.name))),
        folders: entries.filter((entry) => entry.isDirectory()).map((entry) => diskFolder(full(entry.name))),
      };
    },
  };
}

export function diskFile(path: string): SourceFile {
  const open = async (): Promise<ByteSource> => {
    await Promise.resolve();
    try {
      const source = new MemorySource(new Uint8Array(readFileSync(path)));
      return Object.assign(source, { modified: statSync(path).mtimeMs });
    } catch (error) {
      throw new ProblemError(problem('file-unreadable', 'error', path, String(error)));
    }
  };
  return { name: basename(path), path, folderSeen: true, open };
}
