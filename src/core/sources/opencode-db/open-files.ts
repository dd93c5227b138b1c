import type { Problem, ProblemCode } from '../../model/problem.ts';
import { problem, ProblemError } from '../../model/problem.ts';
import type { ByteSource, SourceFile } from '../byte-source.ts';
import type { SourcePeek } from '../source.ts';
import type { DatabaseHeader } from '../sqlite/header.ts';
import { HEADER_BYTES, readHeader } from '../sqlite/header.ts';
import { MemorySource } from '../sqlite/memory-source.ts';
import { PageFile } from '../sqlite/page-file.ts';
import type { WalIndex, WalReading } from '../sqlite/wal.ts';
import { readWal, WAL_HEADER_BYTES } from '../sqlite/wal.ts';
import { knownKind, looksEncrypted, looksLikeSqlite } from './detect.ts';

const SAMPLE_BYTES = 64 * 1024;
/** A `-wal` up to this size is held in memory: then it may change on disk while the rest is read. */
const RESIDENT_WAL_BYTES = 32 * 1024 * 1024;

/** A database and its `-wal`, opened. */
export interface OpenFiles {
  readonly pages: PageFile;
  /** Says whether anything was written: sizes, times, the counters in both headers. */
  readonly fingerprint: string;
  readonly problems: readonly Problem[];
  /** Of both files. */
  readonly sizeBytes: number;
  /** Bytes read from both so far. */
  bytesRead(): number;
  close(): void;
}

/**
 * Opens both files and checks what their bytes tell.
 *
 * @throws ProblemError not-a-database, encrypted, truncated, empty-file, and what opening throws; SourceChanged
 */
export async function openFiles(db: SourceFile, wal: SourceFile | null): Promise<OpenFiles> {
  // both as close together as possible: the program may be running
  const [dbSource, walSource] = await openBoth(db, wal);
  const close = (): void => {
    dbSource.close();
    walSource?.close();
  };
  try {
    const opened = await examine(db, dbSource, wal, walSource);
    const sizeBytes = dbSource.size + (walSource?.size ?? 0);
    return { ...opened, sizeBytes, bytesRead: () => dbSource.bytesRead + (walSource?.bytesRead ?? 0), close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * Looks at sizes, times and headers alone: enough to tell whether anything was written since the last time.
 *
 * @throws ProblemError when a file can't be opened; SourceChanged
 */
export async function peekFiles(db: SourceFile, wal: SourceFile | null): Promise<SourcePeek> {
  const [dbSource, walSource] = await openBoth(db, wal);
  try {
    const dbStart = await dbSource.read(0, HEADER_BYTES);
    const walStart = (await walSource?.read(0, WAL_HEADER_BYTES)) ?? null;
    return {
      fingerprint: fingerprintOf(dbSource, dbStart, walSource, walStart),
      sizeBytes: dbSource.size + (walSource?.size ?? 0),
      bytesRead: dbStart.length + (walStart?.length ?? 0),
    };
  } finally {
    dbSource.close();
    walSource?.close();
  }
}

async function openBoth(db: SourceFile, wal: SourceFile | null): Promise<[ByteSource, ByteSource | null]> {
  const opening = wal?.open() ?? Promise.resolve(null);
  const [first, second] = await Promise.allSettled([db.open(), opening]);
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value];
  if (first.status === 'fulfilled') first.value.close();
  if (second.status === 'fulfilled') second.value?.close();
  throw first.status === 'rejected' ? first.reason : second.status === 'rejected' ? second.reason : null;
}

async function examine(
  db: SourceFile,
  dbSource: ByteSource,
  wal: SourceFile | null,
  walSource: ByteSource | null,
): Promise<Pick<OpenFiles, 'pages' | 'fingerprint' | 'problems'>> {
  const start = await dbSource.read(0, SAMPLE_BYTES);
  if (start.length > 0 && !looksLikeSqlite(start)) throw noDatabase(db, dbSource.size, start);
  const ownHeader = readHeader(start);
  if (start.length > 0 && ownHeader === null) throw refuse(db, 'not-a-database', damagedHeader(db));

  const problems: Problem[] = [];
  const resident =
    walSource !== null && walSource.size <= RESIDENT_WAL_BYTES ? await walSource.read(0, walSource.size) : null;
  const log = resident === null ? walSource : new MemorySource(resident);
  const reading: WalReading = log === null ? { kind: 'empty' } : await readWal(log, ownHeader?.pageSize ?? null);
  if (wal !== null) problems.push(...walProblems(wal, reading));
  const index = reading.kind === 'index' ? reading.index : null;
  const header = (await headerInWal(log, index)) ?? ownHeader;
  if (header === null) throw refuse(db, 'empty-file', emptyFile(db));

  const used = index === null || log === null ? null : { source: log, index, resident };
  const pages = new PageFile(header, dbSource, used);
  if (pages.missingPages > 0) throw refuse(db, 'truncated', truncated(db, pages, dbSource.size));
  if (header.walMode && wal === null && !db.folderSeen) problems.push(walMissing(db));
  const walStart = resident ?? (await walSource?.read(0, WAL_HEADER_BYTES)) ?? null;
  return { pages, fingerprint: fingerprintOf(dbSource, start, walSource, walStart), problems };
}

/** Page 1 is newer in the `-wal` whenever the number of pages changed. */
async function headerInWal(log: ByteSource | null, index: WalIndex | null): Promise<DatabaseHeader | null> {
  const offset = index?.offsets.get(1);
  return log === null || offset === undefined ? null : readHeader(await log.read(offset, HEADER_BYTES));
}

function fingerprintOf(
  db: ByteSource,
  dbStart: Uint8Array,
  wal: ByteSource | null,
  walStart: Uint8Array | null,
): string {
  const parts = [db.size, db.modified, hex(dbStart.subarray(0, HEADER_BYTES))];
  if (wal !== null)
    parts.push(wal.size, wal.modified, hex((walStart ?? new Uint8Array(0)).subarray(0, WAL_HEADER_BYTES)));
  return parts.join(':');
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function refuse(file: SourceFile, code: ProblemCode, message: string): ProblemError {
  return new ProblemError(problem(code, 'error', file.path, message));
}

function noDatabase(db: SourceFile, size: number, start: Uint8Array): ProblemError {
  const known = knownKind(start);
  if (known !== null) {
    return refuse(db, 'not-a-database', `${db.name} is ${known}. Choose opencode.db itself.`);
  }
  if (looksEncrypted(start, size)) {
    return refuse(
      db,
      'encrypted',
      `${db.name} seems to be an encrypted database. Decrypt it first: OpenCode writes plain ones.`,
    );
  }
  return refuse(db, 'not-a-database', `${db.name} is not a SQLite database. OpenCode's is called opencode.db.`);
}

function damagedHeader(db: SourceFile): string {
  return `${db.name} begins like a SQLite database, but its header is damaged. Try a backup of it.`;
}

function emptyFile(db: SourceFile): string {
  return `${db.name} is empty, and no usable ${db.name}-wal was given with it. Choose both files together.`;
}

function truncated(db: SourceFile, pages: PageFile, size: number): string {
  const should = (pages.pageCount * pages.pageSize).toLocaleString('en');
  return (
    `${db.name} is cut off: it should have ${should} bytes and has ${size.toLocaleString('en')}. ` +
    `Copy it again, together with ${db.name}-wal, best while OpenCode is closed.`
  );
}

function walMissing(db: SourceFile): Problem {
  const message = `${db.name}-wal was not given. The newest sessions are often only there: choose both files to see them.`;
  return problem('wal-missing', 'warning', db.path, message);
}

function walProblems(wal: SourceFile, reading: WalReading): Problem[] {
  if (reading.kind === 'unusable') {
    const message = `${wal.name} was left out: ${reading.reason}. The newest sessions may be missing.`;
    return [problem('wal-unusable', 'warning', wal.path, message)];
  }
  if (reading.kind !== 'index' || !reading.index.broken) return [];
  const message = `${wal.name} is damaged in the middle. What was written after that place is missing, as for OpenCode itself.`;
  return [problem('wal-unusable', 'warning', wal.path, message)];
}
