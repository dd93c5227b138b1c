import { realpath, stat } from 'node:fs/promises';
import { basename, sep } from 'node:path';
import type { SourceFile } from '../../core/sources/byte-source.ts';
import { nodeFile } from './node-file.ts';

const WAL = '-wal';

/**
 * The log of a database, when there is one. SQLite keeps it beside the file itself: a link to a database has none beside it.
 *
 * @param path of the database, or of a link to it; core finds the log by this path
 */
export async function walOf(path: string): Promise<SourceFile | null> {
  const wal = (await realpath(path)) + WAL;
  if (!(await isFile(wal))) return null;
  return { ...nodeFile(wal), name: basename(path) + WAL, path: path.split(sep).join('/') + WAL };
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false; // a log that can't be looked at is as good as none: core says when one is missing
  }
}
