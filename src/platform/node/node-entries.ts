import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { problem, ProblemError } from '../../core/model/problem.ts';
import type { SourceEntry } from '../../core/sources/byte-source.ts';
import { walOf } from './linked-wal.ts';
import { nodeFile } from './node-file.ts';
import { nodeFolder } from './node-folder.ts';
import { isMissing } from './system-error.ts';

/**
 * Paths of this machine as core takes them, none twice: a folder as it is, a file with the `-wal` that belongs to it.
 *
 * @throws ProblemError `file-unreadable` when there is nothing at a path, or nothing that can be read
 */
export async function nodeEntries(paths: readonly string[]): Promise<SourceEntry[]> {
  const known = new Set<string>();
  const entries: SourceEntry[] = [];
  for (const path of paths) {
    const found = await lookAt(path);
    const absolute = resolve(path);
    const target = await realpath(absolute);
    if (known.has(target)) continue;
    known.add(target);
    entries.push(...(found.isDirectory() ? [nodeFolder(absolute)] : await fileAt(absolute)));
  }
  // a -wal may be named beside its database
  return [...new Map(entries.map((entry) => [entry.path, entry])).values()];
}

/** Whether there is something at a path, readable or not. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    return !isMissing(error);
  }
}

async function fileAt(path: string): Promise<SourceEntry[]> {
  const wal = await walOf(path);
  return wal === null ? [nodeFile(path)] : [nodeFile(path), wal];
}

async function lookAt(path: string): Promise<Stats> {
  let found: Stats;
  try {
    found = await stat(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unreadable(path, isMissing(error) ? `There is no ${path}.` : `${path} can't be read: ${reason}.`);
  }
  if (!found.isDirectory() && !found.isFile()) throw unreadable(path, `${path} is neither a file nor a folder.`);
  return found;
}

function unreadable(path: string, message: string): ProblemError {
  return new ProblemError(problem('file-unreadable', 'error', path, message));
}
