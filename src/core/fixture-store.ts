/** A small OpenCode database for tests, written row by row, that can be changed between imports like a living one. */
import type { Database, SqlJsStatic } from 'sql.js';
import type { ByteSource, SourceFile } from './sources/byte-source.ts';
import { schemaStatements } from './sources/opencode-db/fixture-schema.ts';
import { MemorySource } from './sources/sqlite/memory-source.ts';

export interface FixtureMessage {
  readonly id: string;
  readonly session: string;
  readonly time: number;
  readonly text?: string;
  readonly role?: 'user' | 'assistant';
  readonly agent?: string;
  readonly finished?: boolean;
  readonly more?: Record<string, unknown>;
}

export class FixtureStore {
  readonly db: Database;
  /** Bytes of every file that was opened, summed: what an import read. */
  bytesRead = 0;
  readonly #path: string;
  #changes = 0;

  constructor(SQL: SqlJsStatic, path = 'opencode/opencode.db') {
    this.#path = path;
    this.db = new SQL.Database();
    for (const statement of schemaStatements('1.2')) this.db.run(statement);
    this.#run('INSERT INTO project (id, worktree, time_created, time_updated, sandboxes) VALUES (?, ?, 0, 0, ?)', [
      'p',
      '/',
      '[]',
    ]);
  }

  session(
    id: string,
    created: number,
    more: { updated?: number; title?: string; parent?: string; directory?: string } = {},
  ): void {
    const { updated = created, title = `Title of ${id}`, parent = null, directory = '/src/shop' } = more;
    this.#run(
      `INSERT OR REPLACE INTO session (id, project_id, parent_id, slug, directory, title, version, time_created, time_updated)
       VALUES (?, 'p', ?, 'slug', ?, ?, '1.2.0', ?, ?)`,
      [id, parent, directory, title, created, updated],
    );
  }

  /** A message with one text part. Also moves its session's time. */
  message({
    id,
    session,
    time,
    text = `text of ${id}`,
    role = 'user',
    agent = 'build',
    finished = true,
    more = {},
  }: FixtureMessage): void {
    const completed = role === 'assistant' && finished ? { completed: time + 1 } : {};
    const data = { role, time: { created: time, ...completed }, agent, ...more };
    this.#run(
      'INSERT OR REPLACE INTO message (id, session_id, time_created, time_updated, data) VALUES (?, ?, ?, ?, ?)',
      [id, session, time, time + 1, JSON.stringify(data)],
    );
    this.part(`prt_${id}`, id, session, time, { type: 'text', text });
    this.#run('UPDATE session SET time_updated = max(time_updated, ?) WHERE id = ?', [time + 1, session]);
  }

  part(id: string, message: string, session: string, time: number, data: unknown): void {
    const json = typeof data === 'string' ? data : JSON.stringify(data);
    this.#run(
      'INSERT OR REPLACE INTO part (id, message_id, session_id, time_created, time_updated, data) VALUES (?, ?, ?, ?, ?, ?)',
      [id, message, session, time, time, json],
    );
  }

  run(sql: string, values: (string | number | null)[] = []): void {
    this.#run(sql, values);
  }

  bytes(): Uint8Array {
    const bytes = this.db.export();
    this.db.run('PRAGMA foreign_keys = OFF');
    return bytes;
  }

  /** The database file as it is now, as the person would drop it. */
  files(): SourceFile[] {
    const bytes = this.bytes();
    const changes = this.#changes;
    const open = (): Promise<ByteSource> =>
      Promise.resolve(new Counted(bytes, changes, (read) => (this.bytesRead += read)));
    const name = this.#path.split('/').at(-1) ?? this.#path;
    return [{ name, path: this.#path, size: bytes.length, folderSeen: true, open }];
  }

  #run(sql: string, values: (string | number | null)[]): void {
    this.#changes += 1;
    this.db.run(sql, values);
  }
}

/** Tells its bytes to the store, and says it was modified when the store was. */
class Counted extends MemorySource {
  override readonly modified: number;
  readonly #tell: (bytes: number) => void;

  constructor(bytes: Uint8Array, modified: number, tell: (bytes: number) => void) {
    super(bytes);
    this.modified = modified;
    this.#tell = tell;
  }

  override readSync(offset: number, length: number): Uint8Array {
    const bytes = super.readSync(offset, length);
    this.#tell(bytes.length);
    return bytes;
  }
}
