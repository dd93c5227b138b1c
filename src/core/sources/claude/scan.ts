import { ProblemError } from '../../model/problem.ts';
import type { ByteSource } from '../byte-source.ts';
import { SourceChanged } from '../byte-source.ts';
import type { TextBudget, TextListener } from './draft-message.ts';
import { Draft } from './draft.ts';
import type { KnownSession } from './known-session.ts';
import { goesOn } from './known-session.ts';
import type { LineLimits } from './lines.ts';
import { FILE_START, readLines } from './lines.ts';
import type { ListedFile, ListedSession } from './listing.ts';
import { versionOf } from './listing.ts';
import { ProblemLog } from './problem-log.ts';
import { RowReader } from './row-reader.ts';

/** How often a session is begun again because its files change while they are read. */
const MAX_STARTS = 4;

export interface ScanOptions {
  readonly withLinks: boolean;
  readonly parseAll: boolean;
  readonly limits: LineLimits;
  readonly budget: TextBudget | null;
  readonly onText: TextListener | null;
}

/** What reading needs of the source it is part of. */
export interface ScanPorts {
  /** Opens a file; the caller closes it. */
  open(file: ListedFile): Promise<ByteSource>;
  progress(bytes: number): void;
  readonly signal: AbortSignal;
}

/** A session whose files were read. */
export interface Scanned {
  readonly draft: Draft;
  /** Of the files as they were read. */
  readonly version: string;
  readonly modified: number;
  /** Only what came after this was read. */
  readonly known: KnownSession | null;
}

/**
 * Reads what was added to the file of a session since it is known. Null when that can't be told, or when the new lines reach back
 * to earlier ones: the session must be read whole then.
 */
export async function scanGrown(
  session: ListedSession,
  known: KnownSession,
  options: ScanOptions,
  ports: ScanPorts,
): Promise<Scanned | null> {
  const [file] = session.files;
  if (file === undefined || file.file.path !== known.path || file.sizeBytes < known.offset) return null;
  const draft = new Draft(session.id, new ProblemLog(), { isAgent: false, ...options, known });
  let bytes = known.offset;
  ports.progress(bytes);
  const progress = (more: number): void => ports.progress(((bytes += more), more));
  try {
    const state = await scanFile(file, draft, options, { ...ports, progress }, known);
    if (goesOn(draft, known)) return { draft, version: versionOf([state]), modified: state[1], known };
  } catch (error) {
    // reading it whole will say what is the matter
    if (!(error instanceof ProblemError || error instanceof SourceChanged)) throw error;
  }
  draft.drop();
  ports.progress(-bytes);
  return null;
}

/**
 * Reads the files of a session. When they keep changing, or can't be opened, the log says so and what was read is left out.
 *
 * @throws SourceChanged when texts were passed on already: only the whole pass can begin again then
 */
export async function scanSession(
  session: ListedSession,
  options: ScanOptions,
  ports: ScanPorts,
): Promise<Scanned | ProblemLog> {
  for (let start = 1; ; start++) {
    const log = new ProblemLog();
    const draft = new Draft(session.id, log, { isAgent: session.type !== 'user', ...options });
    let bytes = 0;
    try {
      const states: [number, number][] = [];
      for (const file of session.files) {
        states.push(
          await scanFile(file, draft, options, {
            ...ports,
            progress: (more) => ports.progress(((bytes += more), more)),
          }),
        );
      }
      const modified = Math.max(...states.map(([, time]) => time));
      return { draft, version: versionOf(states), modified, known: null };
    } catch (error) {
      draft.drop();
      if (error instanceof SourceChanged && options.onText === null) {
        ports.progress(-bytes);
        if (start < MAX_STARTS) continue;
        return failed(session, 'file-changed', 'kept changing while it was read. It is read again at the next import.');
      }
      if (!(error instanceof ProblemError)) throw error;
      return failed(session, error.problem.code, `can't be read: ${error.message}`);
    }
  }
}

async function scanFile(
  file: ListedFile,
  draft: Draft,
  options: ScanOptions,
  ports: ScanPorts,
  from = FILE_START,
): Promise<[number, number]> {
  const source = await ports.open(file);
  try {
    const rows: RowReader = new RowReader(
      file.file.path,
      draft.log,
      (row) => draft.add(row, rows),
      (bytes) => ports.progress(bytes),
      options,
    );
    await readLines(source, rows, options.limits, ports.signal, from);
    return [source.size, source.modified];
  } finally {
    source.close();
  }
}

function failed(session: ListedSession, code: ProblemError['problem']['code'], what: string): ProblemLog {
  const log = new ProblemLog();
  const path = session.files[0]?.file.path ?? session.id;
  log.add(code, 'skipped', path, null, `${path} ${what}`, 'session');
  return log;
}
