import type { SqlJsStatic } from 'sql.js';
import type { Problem, ProblemCode } from '../../model/problem.ts';
import { problem, ProblemError } from '../../model/problem.ts';
import type { SourceFile } from '../byte-source.ts';
import type { PageFile } from '../sqlite/page-file.ts';
import type { TableSchema } from '../sqlite/schema.ts';
import { readTable, tableNames } from '../sqlite/schema.ts';
import { SqlDamage, SqlEngine, SqlUnusable } from '../sqlite/sql-engine.ts';
import type { OpenFiles } from './open-files.ts';
import { openFiles } from './open-files.ts';

export interface OpencodePorts {
  readonly loadSqlJs: () => Promise<SqlJsStatic>;
}

/** An OpenCode database as it was at one moment. */
export interface Store {
  readonly files: OpenFiles;
  readonly pages: PageFile;
  readonly engine: SqlEngine;
  readonly session: TableSchema | null;
  /** The session list of OpenCode 2. */
  readonly sessionV2: TableSchema | null;
  readonly message: TableSchema | null;
  readonly part: TableSchema | null;
  /** What was said in sessions of OpenCode 2; null also where it has no rows, as in most databases of 1.14 to 1.18. */
  readonly sessionMessage: TableSchema | null;
  readonly problems: readonly Problem[];
}

/** Tables that OpenCode makes; some names are common, so one alone says nothing. */
const OPENCODE_TABLES = [
  'session',
  'session_v2',
  'message',
  'part',
  'session_message',
  'project',
  'todo',
  'session_share',
  'event_sequence',
];

/** Columns every version's session table has; another program's would hardly. */
const SESSION_MARKS = ['id', 'directory', 'title', 'time_created', 'time_updated'];

/**
 * Opens the files and looks at the tables.
 *
 * @throws ProblemError when it is no OpenCode database, or one that can't be read; SourceChanged
 */
export async function openStore(db: SourceFile, wal: SourceFile | null, ports: OpencodePorts): Promise<Store> {
  const files = await openFiles(db, wal);
  let engine: SqlEngine | null = null;
  try {
    engine = await SqlEngine.open(ports.loadSqlJs, files.pages);
    return examine(db, wal, files, engine);
  } catch (error) {
    engine?.close();
    files.close();
    throw explained(error, db);
  }
}

function examine(db: SourceFile, wal: SourceFile | null, files: OpenFiles, engine: SqlEngine): Store {
  const names = tableNames(engine);
  refuseOthers(db, wal, files, names);
  const sessionV2 = usable(readTable(engine, 'session_v2'), SESSION_MARKS);
  const session = usable(readTable(engine, 'session'), SESSION_MARKS);
  if (session === null && sessionV2 === null) throw otherProgram(db, names);
  const tables = {
    message: usable(readTable(engine, 'message'), ['id', 'session_id', 'data']),
    part: usable(readTable(engine, 'part'), ['id', 'message_id', 'session_id', 'data']),
    sessionMessage: usable(readTable(engine, 'session_message'), ['id', 'session_id', 'type', 'data']),
  };
  const problems = [...files.problems, ...missingTables(db, sessionV2 !== null, tables)];
  const sessionMessage = hasRows(engine, tables.sessionMessage) ? tables.sessionMessage : null;
  return { files, pages: files.pages, engine, session, sessionV2, ...tables, sessionMessage, problems };
}

type SaidIn = Pick<Store, 'message' | 'part' | 'sessionMessage'>;

/** A database that OpenCode 2 made needs no table but its own. */
function missingTables(db: SourceFile, isNewer: boolean, { message, part, sessionMessage }: SaidIn): Problem[] {
  const hasNone = message === null && part === null;
  const missing: string[] = [];
  if (isNewer && sessionMessage === null) missing.push('session_message');
  if (!isNewer || !hasNone) {
    if (message === null) missing.push('message');
    if (part === null) missing.push('part');
  }
  if (missing.length === 0) return [];
  const text = `${db.name} has no table ${missing.join(' and no ')} as OpenCode makes it: what was said is missing.`;
  return [problem('unsupported-file', 'warning', db.path, text)];
}

/** Damage counts as rows: reading them will tell. */
function hasRows(engine: SqlEngine, table: TableSchema | null): boolean {
  if (table === null) return false;
  try {
    return engine.all(`SELECT 1 FROM ${table.name} LIMIT 1`).length > 0;
  } catch (error) {
    if (error instanceof SqlDamage) return true;
    throw error;
  }
}

function usable(table: TableSchema | null, columns: readonly string[]): TableSchema | null {
  return table !== null && hasAll(table, columns) ? table : null;
}

function hasAll(table: TableSchema, columns: readonly string[]): boolean {
  return columns.every((name) => table.columns.includes(name));
}

function refuseOthers(db: SourceFile, wal: SourceFile | null, files: OpenFiles, names: readonly string[]): void {
  if (names.includes('session_v2')) return;
  const known = OPENCODE_TABLES.filter((name) => names.includes(name));
  if (names.includes('session') && known.length > 1) return;
  if (names.length === 0 && files.pages.header.walMode) throw withoutRows(db, wal, files);
  if (known.length < 2) throw otherProgram(db, names);
  throw refuse(
    db,
    'no-session-table',
    `${db.name} has tables of OpenCode but no session table. Was it made by an unfinished upgrade? Choose another copy.`,
  );
}

/** A main file to which nothing was checkpointed yet: all its rows are in the `-wal`. */
function withoutRows(db: SourceFile, wal: SourceFile | null, files: OpenFiles): ProblemError {
  const unusable = files.problems.find((found) => found.code === 'wal-unusable');
  if (unusable !== undefined) {
    return refuse(db, 'wal-unusable', `${db.name} has no tables of its own. ${unusable.message}`);
  }
  const text =
    wal === null
      ? `${db.name} has no tables yet: its rows are still in ${db.name}-wal. Choose both files together.`
      : `${db.name} has no tables yet, and ${wal.name} holds nothing of it. Copy both again together.`;
  return refuse(db, 'wal-missing', text);
}

function otherProgram(db: SourceFile, names: readonly string[]): ProblemError {
  if (names.length === 0)
    return refuse(db, 'other-program', `${db.name} is a database without tables. Choose opencode.db.`);
  const some = names.slice(0, 4).join(', ') + (names.length > 4 ? ', …' : '');
  return refuse(
    db,
    'other-program',
    `${db.name} belongs to another program: its tables are ${some}. Choose opencode.db.`,
  );
}

function refuse(db: SourceFile, code: ProblemCode, message: string): ProblemError {
  return new ProblemError(problem(code, 'error', db.path, message));
}

/** What went wrong below, in words for a person. */
function explained(error: unknown, db: SourceFile): unknown {
  if (error instanceof SqlDamage) {
    const text = `${db.name} is damaged where it lists its tables (${error.message}). Try a backup of it.`;
    return refuse(db, 'file-unreadable', text);
  }
  if (error instanceof SqlUnusable) {
    const text = `${db.name} could not be read: ${error.message}. This is a fault of this program or of the browser.`;
    return refuse(db, 'internal', text);
  }
  return error;
}
