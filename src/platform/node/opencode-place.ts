import { readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { problem, ProblemError } from '../../core/model/problem.ts';
import type { SourceFile } from '../../core/sources/byte-source.ts';
import { isMissing } from './system-error.ts';
import { nodeFile } from './node-file.ts';
import { dataHome, type Environment } from './state-dir.ts';

/** `opencode.db`, and one for each channel beside it: `opencode-beta.db`. */
const DATABASE = /^opencode.*\.db$/i;
const WAL = '-wal';

/** Where the data stands, seen from what a person may name: the data folder, the one above it, a home folder. */
const WITHIN = ['.', 'opencode', 'share/opencode', '.local/share/opencode'];

/** How far to look when it stands nowhere there. */
const DEEPEST = 4;
const MOST_FOLDERS = 2_000;
const NOT_SEARCHED: ReadonlySet<string> = new Set(['node_modules', '.git', 'snapshot', 'tool-output', 'Library']);

/** OpenCode's own database or data folder: `$OPENCODE_DB`, else `$XDG_DATA_HOME/opencode`, else `~/.local/share/opencode`. */
export function defaultOpencodePlace(env: Environment = process.env, home = homedir()): string {
  const folder = join(dataHome(env, home), 'opencode');
  const set = env['OPENCODE_DB'];
  if (!set || set === ':memory:') return folder;
  return isAbsolute(set) ? set : join(folder, set);
}

/**
 * The databases at a path, each with its `-wal` when there is one. The path is a database, OpenCode's data folder, the folder
 * above it, a home folder, or any folder with databases some levels down. Other files of the tool, its keys among them, are
 * never opened. Throws ProblemError: `file-unreadable` when the path can't be read, `nothing-found` when it holds none.
 */
export async function opencodeFiles(path: string): Promise<SourceFile[]> {
  const databases = await databasesAt(path);
  if (databases.length === 0) throw new ProblemError(problem('nothing-found', 'error', path, nothingAt(path)));
  return (await Promise.all(databases.map(withWal))).flat();
}

/** The files at several paths, none of them twice. */
export async function opencodeFilesAt(paths: readonly string[]): Promise<SourceFile[]> {
  const found = new Map<string, SourceFile>();
  for (const path of paths) {
    for (const file of await opencodeFiles(path)) {
      const key = await realpath(file.path);
      if (!found.has(key)) found.set(key, file);
    }
  }
  return [...found.values()];
}

async function databasesAt(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
  } catch (error) {
    const words = isMissing(error) ? `There is no ${path}.` : `${path} can't be read: ${reasonOf(error)}.`;
    throw new ProblemError(problem('file-unreadable', 'error', path, words));
  }
  for (const within of WITHIN) {
    const found = await databasesIn(join(path, within));
    if (found.length > 0) return found;
  }
  const others = await filesIn(path, (name) => /\.(db|sqlite3?)$/i.test(name));
  return others.length > 0 ? others : search(path);
}

function databasesIn(folder: string): Promise<string[]> {
  return filesIn(folder, (name) => DATABASE.test(name));
}

async function filesIn(folder: string, wanted: (name: string) => boolean): Promise<string[]> {
  const entries = await entriesOf(folder);
  // a database may be a link to one on another disk
  const names = entries.filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && wanted(entry.name));
  return names.map(({ name }) => join(folder, name)).sort();
}

/** Folders level by level. Links to folders are not followed: they may lead in circles, or anywhere. */
async function search(root: string): Promise<string[]> {
  const found: string[] = [];
  let level = [root];
  let seen = 0;
  for (let depth = 1; depth <= DEEPEST && level.length > 0; depth++) {
    const below: string[] = [];
    for (const folder of level) {
      for (const entry of await entriesOf(folder)) {
        if (!entry.isDirectory() || NOT_SEARCHED.has(entry.name) || seen >= MOST_FOLDERS) continue;
        seen += 1;
        below.push(join(folder, entry.name));
      }
    }
    for (const folder of below) found.push(...(await databasesIn(folder)));
    level = below;
  }
  return found.sort();
}

/** What is in a folder; nothing when it isn't there or may not be read. */
async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return []; // looking around: a folder that is closed to us holds nothing for us
  }
}

async function withWal(database: string): Promise<SourceFile[]> {
  const wal = database + WAL;
  const present = await filesIn(dirname(database), (name) => name === basename(wal));
  return [database, ...present].map((path) => nodeFile(resolve(path)));
}

function nothingAt(path: string): string {
  return `There is no OpenCode database in ${path}: no opencode.db, and no other file that could be one.`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
