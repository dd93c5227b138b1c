/** For tests: small OpenCode databases of any content, made by SQLite. */
import type { Database, SqlJsStatic } from 'sql.js';
import type { DatabaseShape } from '../sqlite/fixture-files.ts';
import { emptyDatabase } from '../sqlite/fixture-files.ts';
import type { MessageHead, Reading, TextPiece, ToolCall } from '../source.ts';
import type { Problem } from '../../model/problem.ts';

export const TABLES = `
CREATE TABLE project (id text PRIMARY KEY, worktree text NOT NULL);
CREATE TABLE session (id text PRIMARY KEY, project_id text NOT NULL, parent_id text, directory text NOT NULL,
  title text NOT NULL, summary_diffs text, revert text, time_created integer NOT NULL, time_updated integer NOT NULL,
  time_archived integer);
CREATE TABLE message (id text PRIMARY KEY, session_id text NOT NULL, time_created integer NOT NULL,
  time_updated integer NOT NULL, data text NOT NULL);
CREATE TABLE part (id text PRIMARY KEY, message_id text NOT NULL, session_id text NOT NULL,
  time_created integer NOT NULL, time_updated integer NOT NULL, data text NOT NULL);`;

export const INDICES = `
CREATE INDEX message_session_time_created_id_idx ON message (session_id, time_created, id);
CREATE INDEX part_message_id_id_idx ON part (message_id, id);
CREATE INDEX part_session_idx ON part (session_id);`;

export function opencodeDatabase(sql: SqlJsStatic, shape: DatabaseShape = {}, schema = TABLES + INDICES): Database {
  const db = emptyDatabase(sql, shape);
  db.run(schema);
  return db;
}

export function addSession(
  db: Database,
  id: string,
  values: { revert?: string; parent?: string; time?: number } = {},
): void {
  const { revert = null, parent = null, time = 1000 } = values;
  db.run('INSERT INTO session VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, NULL)', [
    id,
    'global',
    parent,
    '/home/dev/app',
    `Title of ${id}`,
    revert,
    time,
    time,
  ]);
}

export function addMessage(db: Database, id: string, sessionId: string, time: number, data: unknown): void {
  const json = typeof data === 'string' ? data : JSON.stringify(data);
  db.run('INSERT INTO message VALUES (?, ?, ?, ?, ?)', [id, sessionId, time, time, json]);
}

export function addPart(
  db: Database,
  id: string,
  messageId: string,
  sessionId: string,
  data: unknown,
  time = 1000,
): void {
  const json = typeof data === 'string' ? data : JSON.stringify(data);
  db.run('INSERT INTO part VALUES (?, ?, ?, ?, ?, ?)', [id, messageId, sessionId, time, time, json]);
}

/** The bytes, in WAL mode as OpenCode's are. */
export function bytesOf(db: Database): Uint8Array {
  const bytes = db.export();
  bytes[18] = 2;
  bytes[19] = 2;
  return bytes;
}

/** Keeps what a pass tells. */
export class Recorder implements Reading {
  heads: MessageHead[] = [];
  pieces: TextPiece[] = [];
  calls: ToolCall[] = [];
  problems: Problem[] = [];
  restarts = 0;
  done = 0;
  total = 0;

  message(head: MessageHead): void {
    this.heads.push(head);
  }

  text(piece: TextPiece): void {
    this.pieces.push(piece);
  }

  toolCall(call: ToolCall): void {
    this.calls.push(call);
  }

  problem(found: Problem): void {
    this.problems.push(found);
  }

  progress({ done, total }: { done: number; total: number }): void {
    this.done = done;
    this.total = total;
  }

  restart(): void {
    this.heads = [];
    this.pieces = [];
    this.calls = [];
    this.problems = [];
    this.restarts++;
  }
}
