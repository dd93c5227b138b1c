/** Tells by their first bytes which of the files a search came upon are ours, where the name does not say. */
import { ProblemError } from '../model/problem.ts';
import type { SourceFile } from './byte-source.ts';
import { SourceChanged } from './byte-source.ts';
import { looksLikeSqlite } from './opencode-db/detect.ts';
import { looksLikeExport } from './opencode-export/detect.ts';
import { mayHoldSecrets } from './secrets.ts';

/** Opened in one search at most. */
const MOST_OPENED = 500;
const EXPORT_BYTES = 4 * 1024;
/** Tables that a program makes first stand near the beginning. */
const DATABASE_BYTES = 256 * 1024;
const DATABASE = /\.(?:db|sqlite|sqlite3)$/i;
const EXPORT = /\.json$/i;
const HIDDEN = /^\./;
const WAL = '-wal';

export class Sniffer {
  readonly #signal: AbortSignal;
  readonly #seen = new Set<string>();
  #left = MOST_OPENED;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Those that are ours, each database with its `-wal`. Exhausted: there were more files to look at than may be. */
  async among(files: readonly SourceFile[]): Promise<{ found: SourceFile[]; isExhausted: boolean }> {
    const found: SourceFile[] = [];
    for (const file of files) {
      if (!(DATABASE.test(file.name) || EXPORT.test(file.name)) || !this.#mayOpen(file)) continue;
      this.#signal.throwIfAborted();
      if (this.#left-- <= 0) return { found, isExhausted: true };
      const wal = files.find(({ path }) => path === `${file.path}${WAL}`);
      const isOurs = EXPORT.test(file.name) ? isExport(file) : isOpencodeDb(file, wal);
      if (await isOurs) found.push(file, ...(wal === undefined ? [] : [wal]));
    }
    return { found, isExhausted: false };
  }

  #mayOpen({ name, path }: SourceFile): boolean {
    if (HIDDEN.test(name) || mayHoldSecrets(name) || this.#seen.has(path)) return false;
    this.#seen.add(path);
    return true;
  }
}

async function isExport(file: SourceFile): Promise<boolean> {
  const start = await startOf(file, EXPORT_BYTES);
  return start !== null && looksLikeExport(start);
}

/** By its header, and a table of the name OpenCode's sessions have: in the file, or in its log when that holds all of it. */
async function isOpencodeDb(file: SourceFile, wal: SourceFile | undefined): Promise<boolean> {
  const start = await startOf(file, DATABASE_BYTES);
  if (start === null || (start.length > 0 && !looksLikeSqlite(start))) return false;
  if (makesSessions(start)) return true;
  const log = wal === undefined ? null : await startOf(wal, DATABASE_BYTES);
  return log !== null && makesSessions(log);
}

function makesSessions(bytes: Uint8Array): boolean {
  return /create table [`"'[]?session(?:_v2)?[`"'\]]? ?\(/i.test(new TextDecoder('latin1').decode(bytes));
}

async function startOf(file: SourceFile, length: number): Promise<Uint8Array | null> {
  try {
    const source = await file.open();
    try {
      return await source.read(0, length);
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof ProblemError || error instanceof SourceChanged) return null;
    throw error;
  }
}
