import type { Database, SqlJsStatic, SqlValue } from 'sql.js';
import { LazyBytes } from './lazy-bytes.ts';
import type { PageFile } from './page-file.ts';

/** SQLite met something it can't make sense of: a damaged page, a schema it can't parse. */
export class SqlDamage extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SqlDamage';
  }
}

/** sql.js does not work as this program relies on. A fault of the program or the browser, not of the file. */
export class SqlUnusable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SqlUnusable';
  }
}

const DAMAGE =
  /malformed|not a database|disk I\/O|corrupt|out of memory|memory access|unreachable|string or blob too big|unsupported file format/i;

/** SQLite reads the header at once, so this too can fail for the file's sake. */
function openDatabase(sql: SqlJsStatic, bytes: LazyBytes): Database {
  try {
    return new sql.Database(bytes);
  } catch (error) {
    throw bytes.failure ?? error;
  }
}

/** Official sql.js over a database that is read as it is needed. Read only. */
export class SqlEngine {
  readonly #database: Database;
  readonly #bytes: LazyBytes;

  private constructor(database: Database, bytes: LazyBytes) {
    this.#database = database;
    this.#bytes = bytes;
  }

  /**
   * Opens it and checks that sql.js sees the same database as the header says.
   *
   * @throws SqlDamage, SqlUnusable, or what the files throw
   */
  static async open(loadSqlJs: () => Promise<SqlJsStatic>, pages: PageFile): Promise<SqlEngine> {
    const sql = await loadSqlJs();
    const bytes = new LazyBytes(pages);
    const engine = new SqlEngine(openDatabase(sql, bytes), bytes);
    try {
      // without the exclusive lock SQLite asks for bytes of page 1 and drops its cache before each statement
      engine.all('PRAGMA locking_mode=EXCLUSIVE');
      engine.all('PRAGMA cache_size=-8192');
      engine.all('PRAGMA query_only=1');
      engine.#check(pages);
    } catch (error) {
      engine.close();
      throw error;
    }
    return engine;
  }

  /** All rows, each an array of values in the order of the columns. For results that are known to be small. */
  all(sql: string, parameters: SqlValue[] = []): SqlValue[][] {
    return [...this.each(sql, parameters)];
  }

  /** Rows one by one. */
  *each(sql: string, parameters: SqlValue[] = []): Generator<SqlValue[]> {
    const statement = this.#guard(() => this.#database.prepare(sql, parameters));
    try {
      while (this.#guard(() => statement.step())) yield this.#guard(() => statement.get());
    } finally {
      this.#quietly(() => statement.free());
    }
  }

  close(): void {
    this.#quietly(() => this.#database.close());
  }

  /** After a failed read SQLite may have gone on with what it had, so its word counts only while none has failed. */
  #guard<T>(step: () => T): T {
    let result: T;
    try {
      result = step();
    } catch (error) {
      if (this.#bytes.failure !== null) throw this.#bytes.failure;
      const message = error instanceof Error ? error.message : String(error);
      throw DAMAGE.test(message) ? new SqlDamage(message) : error;
    }
    if (this.#bytes.failure !== null) throw this.#bytes.failure;
    return result;
  }

  #quietly(step: () => unknown): void {
    try {
      step();
    } catch {
      // the engine is thrown away after a failure; that it can't tidy up adds nothing
    }
  }

  #check(pages: PageFile): void {
    const seen = (name: string): SqlValue | undefined => this.all(`PRAGMA ${name}`)[0]?.[0];
    const pageSize = seen('page_size');
    const cookie = seen('schema_version');
    const pageCount = seen('page_count');
    // SQLite says it with a sign
    const isSame = Number(cookie) >>> 0 === pages.header.schemaCookie;
    if (pageSize === pages.pageSize && isSame && pageCount === pages.pageCount) return;
    throw new SqlUnusable(
      `sql.js sees ${String(pageCount)} pages of ${String(pageSize)} bytes, version ${String(cookie)}; the file has ` +
        `${pages.pageCount} of ${pages.pageSize}, version ${pages.header.schemaCookie}`,
    );
  }
}
