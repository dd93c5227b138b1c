/** Files in, sources out: which of the files a person chose belong together, and what reads them. */
import type { Problem } from '../model/problem.ts';
import { problem } from '../model/problem.ts';
import type { SourceFile } from './byte-source.ts';
import { foundOpencodeDb } from './opencode-db/read.ts';
import type { OpencodePorts } from './opencode-db/store.ts';
import type { FoundSource } from './source.ts';

export interface Discovered {
  readonly sources: readonly FoundSource[];
  /** Files that are none of ours, each with what to do. */
  readonly problems: readonly Problem[];
}

const WAL = '-wal';
const SHM = '-shm';
/** SQLite's index of the `-wal`; rebuilt by whoever opens the database, never needed. */
const IGNORED = [SHM, '-journal'];

/** Sorts the chosen files. A file that is no database by name is still tried as one when nothing else fits it. */
export function discover(files: readonly SourceFile[], ports: OpencodePorts): Discovered {
  const wals = new Map(
    files.filter((file) => file.name.endsWith(WAL)).map((file) => [withoutEnd(file.path, WAL), file]),
  );
  const sources: FoundSource[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    if (file.name.endsWith(WAL) || IGNORED.some((end) => file.name.endsWith(end))) continue;
    const notYet = notReadYet(file);
    if (notYet !== null) {
      problems.push(notYet);
      continue;
    }
    sources.push(foundOpencodeDb(file, wals.get(file.path) ?? null, ports));
    wals.delete(file.path);
  }
  for (const file of wals.values()) problems.push(walAlone(file));
  if (sources.length === 0 && problems.length === 0) problems.push(nothing());
  sources.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { sources, problems };
}

function notReadYet(file: SourceFile): Problem | null {
  if (!/\.jsonl?$/i.test(file.name)) return null;
  const what = file.name.toLowerCase().endsWith('.jsonl') ? 'Claude Code sessions' : 'OpenCode session files';
  return problem(
    'unsupported-file',
    'error',
    file.path,
    `${file.name} looks like ${what}. This version reads OpenCode databases only: choose opencode.db and opencode.db-wal.`,
  );
}

function walAlone(file: SourceFile): Problem {
  const database = withoutEnd(file.name, WAL);
  return problem(
    'nothing-found',
    'error',
    file.path,
    `${file.name} holds only the newest changes of ${database}. Choose both files together.`,
  );
}

function nothing(): Problem {
  return problem(
    'nothing-found',
    'error',
    '',
    'There is no OpenCode database in what was chosen. It is called opencode.db and stands in the folder opencode under ~/.local/share.',
  );
}

function withoutEnd(text: string, end: string): string {
  return text.slice(0, -end.length);
}
