import type { Database, SqlJsStatic } from 'sql.js';
import { type SchemaVersion, schemaStatements } from './fixture-schema.ts';
import type { Step } from './fixture-steps.ts';
import { type FileStorage, PageFile } from './fixture-storage.ts';
import { WalRecorder } from './fixture-wal.ts';
import { StepWriter } from './fixture-writer.ts';

export interface FixtureOptions {
  readonly schema: SchemaVersion;
  /** Write the `event` table beside the rows, as 1.18 does. */
  readonly events: boolean;
  /** Writes of the main file that share a transaction. More is faster; the tool has one for each. Default 2000. */
  readonly batch?: number;
  /** The same in the log. Default 8: what the tool does for one step of an answer. */
  readonly logBatch?: number;
  /** From this many messages on everything is found only in the `-wal`. Without it there is no log. */
  readonly walFrom?: number;
  /** Messages before `walFrom` whose frames stay behind in the `-wal` as a stale tail. Default 0. */
  readonly stale?: number;
  /** End the log with a transaction that was never committed. */
  readonly uncommitted?: boolean;
}

export interface FixtureReport {
  readonly sessions: number;
  readonly messages: number;
  readonly parts: number;
  readonly events: number;
  /** Committed frames of the log. */
  readonly frames: number;
}

/** Pages sql.js keeps in memory: 64 MB. */
const CACHE_PAGES = 16_384;

/**
 * Writes a history as an OpenCode database: genuine schema, pages of 4096 bytes, a header that says WAL, rows in the
 * order the tool writes them, each written over as it grows. Fits any size: pages go straight to `main`.
 *
 * @example
 * const main = new MemoryStorage();
 * writeOpencodeDb(SQL, historySteps(plan), { main, wal: null }, { schema: '1.18', events: true });
 */
export function writeOpencodeDb(
  SQL: SqlJsStatic,
  steps: Iterable<Step>,
  files: { readonly main: FileStorage; readonly wal: FileStorage | null },
  options: FixtureOptions,
): FixtureReport {
  const recorder = files.wal && new WalRecorder(files.main, files.wal, 0xffd20061);
  const db = createDatabase(SQL, files.main, recorder, options.schema);
  const run = new FixtureRun(db, recorder, options);
  for (const step of steps) run.take(step);
  const report = run.end();
  if (options.uncommitted && recorder) writeUncommitted(db, recorder);
  db.close();
  return report;
}

/** Groups steps into transactions and turns to the log when it is time. */
class FixtureRun {
  private readonly writer: StepWriter;
  private readonly batch: number;
  private readonly logBatch: number;
  private readonly walFrom: number;
  private readonly staleFrom: number;
  private messages = 0;
  private open = 0;
  private readonly db: Database;
  private readonly recorder: WalRecorder | null;
  private readonly options: FixtureOptions;

  constructor(db: Database, recorder: WalRecorder | null, options: FixtureOptions) {
    this.db = db;
    this.recorder = recorder;
    this.options = options;
    this.writer = new StepWriter(db, options.schema, options.events);
    this.batch = options.batch ?? 2000;
    this.logBatch = options.logBatch ?? 8;
    this.walFrom = options.walFrom ?? Infinity;
    this.staleFrom = this.walFrom - (options.stale ?? 0);
  }

  take(step: Step): void {
    if (step.table === 'message' && step.fresh) {
      if (this.recorder) this.turnToLog(this.recorder);
      this.messages += 1;
    }
    this.write(() => this.writer.write(step));
    if (this.open >= (this.recorder?.recording ? this.logBatch : this.batch)) this.commit();
  }

  end(): FixtureReport {
    if (this.options.events) this.write(() => this.writer.writeEventSequences());
    this.commit();
    this.writer.free();
    return { ...this.writer.counts, frames: this.recorder?.frames ?? 0 };
  }

  private turnToLog(recorder: WalRecorder): void {
    if (this.messages >= this.staleFrom && !recorder.recording) {
      this.commit();
      recorder.start();
    }
    if (this.messages === this.walFrom && this.staleFrom < this.walFrom) {
      this.commit();
      recorder.checkpoint();
    }
  }

  private write(action: () => void): void {
    if (this.open === 0) this.db.run('BEGIN');
    this.open += 1;
    action();
  }

  private commit(): void {
    if (this.open > 0) this.db.run('COMMIT');
    if (this.recorder?.recording) this.recorder.commit();
    this.open = 0;
  }
}

function createDatabase(
  SQL: SqlJsStatic,
  main: FileStorage,
  recorder: WalRecorder | null,
  schema: SchemaVersion,
): Database {
  const empty = new SQL.Database();
  empty.run('PRAGMA page_size = 4096; PRAGMA encoding = "UTF-8"');
  for (const sql of schemaStatements(schema)) empty.run(sql);
  const file = new PageFile(main, recorder);
  file.set(empty.export(), 0);
  empty.close();
  const db = new SQL.Database(file);
  db.run('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
  db.run(`PRAGMA cache_size = ${CACHE_PAGES}`);
  return db;
}

/** The program died in the middle of a transaction: its pages are in the log, its end is not. */
function writeUncommitted(db: Database, recorder: WalRecorder): void {
  db.run("BEGIN; UPDATE session SET title = 'UNCOMMITTED'");
  const insert = `INSERT INTO part SELECT ?, message_id, session_id, time_created, time_updated, ? FROM part LIMIT 1`;
  const text = 'UNCOMMITTED '.repeat(400);
  for (let i = 0; i < 40; i++) db.run(insert, [`prt_uncommitted${i}`, JSON.stringify({ type: 'text', text })]);
  db.run('COMMIT');
  recorder.commit(false);
}
