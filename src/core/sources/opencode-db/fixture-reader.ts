import type { Database, SqlJsStatic, SqlValue } from 'sql.js';
import { HistoryTruth, newSessionTruth, type SessionTruth } from './fixture-truth.ts';

const PAGE = 4096;
const FRAME = 24 + PAGE;

/** The message rules of docs/formats.md in SQL. */
const MESSAGES = `
  SELECT m.id, json_extract(m.data, '$.role'), m.time_created,
         lower(coalesce(json_extract(m.data, '$.agent'), json_extract(m.data, '$.mode'), 'build')),
         coalesce(json_extract(m.data, '$.summary') = 1, 0),
         json_extract(m.data, '$.role') = 'user' OR json_extract(m.data, '$.time.completed') IS NOT NULL,
         (SELECT count(*) FROM part p WHERE p.message_id = m.id AND json_extract(p.data, '$.type') = 'tool'),
         (SELECT group_concat(text, char(10, 10)) FROM (
            SELECT json_extract(p.data, '$.text') AS text FROM part p
             WHERE p.message_id = m.id AND json_extract(p.data, '$.type') = 'text'
               AND json_extract(p.data, '$.synthetic') IS NULL AND json_extract(p.data, '$.ignored') IS NULL
               AND json_extract(p.data, '$.text') <> '' ORDER BY p.id))
    FROM message m WHERE m.session_id = ? ORDER BY m.time_created, m.id`;

const SESSION = `
  SELECT id, parent_id, title, directory, time_created, time_updated, time_archived IS NOT NULL,
         json_extract(revert, '$.messageID')
    FROM session WHERE id = ?`;

/**
 * Reads a fixture back with plain SQL over a whole file, to check what the generator claims. Takes the frames of the log
 * up to the last commit of its first generation and trusts their checksums: the reader of the product is not used here.
 */
export class FixtureReader {
  private readonly db: Database;

  constructor(SQL: SqlJsStatic, db: Uint8Array, wal: Uint8Array | null) {
    const whole = wal ? applyLog(db, wal) : db.slice();
    whole[18] = 1;
    whole[19] = 1;
    this.db = new SQL.Database(whole);
  }

  integrity(): string {
    return this.strings('PRAGMA integrity_check').join('; ');
  }

  titles(): string[] {
    return this.strings('SELECT title FROM session');
  }

  texts(): string[] {
    return this.strings(`SELECT json_extract(data, '$.text') FROM part WHERE json_extract(data, '$.type') = 'text'`);
  }

  strings(sql: string): string[] {
    return this.rows(sql).map(([value]) => text(value) ?? '');
  }

  numbers(sql: string): number[] {
    return this.rows(sql).map(([value]) => Number(value));
  }

  /** What the file says of a session, to be held against what the generator says. */
  session(id: string): SessionTruth {
    const [row = []] = this.rows(SESSION, [id]);
    const [, parentId, title, directory, created, updated, archived, revertedFrom] = row;
    const session = newSessionTruth({
      id,
      parentId: text(parentId),
      title: String(title),
      directory: String(directory),
      timeCreated: Number(created),
      timeUpdated: Number(updated),
    });
    session.archived = archived === 1;
    session.revertedFrom = text(revertedFrom);
    const truth = new HistoryTruth();
    truth.session(session);
    for (const message of this.rows(MESSAGES, [id])) truth.message(id, messageOf(message));
    return session;
  }

  rows(sql: string, values: SqlValue[] = []): SqlValue[][] {
    return this.db.exec(sql, values)[0]?.values ?? [];
  }
}

function messageOf([id, role, time, agent, summary, finished, toolCalls, said]: SqlValue[]) {
  return {
    id: String(id),
    role: role === 'user' ? 'user' : 'assistant',
    agent: String(agent),
    time: Number(time),
    text: text(said) ?? '',
    toolCalls: Number(toolCalls),
    summary: summary === 1,
    finished: finished === 1,
  } as const;
}

function text(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function applyLog(db: Uint8Array, wal: Uint8Array): Uint8Array {
  const view = new DataView(wal.buffer, wal.byteOffset, wal.length);
  const frames: number[] = [];
  let committed = 0;
  let pages = db.length / PAGE;
  for (let at = 32; at + FRAME <= wal.length && view.getUint32(at + 8) === view.getUint32(16); at += FRAME) {
    frames.push(at);
    const sizeAfter = view.getUint32(at + 4);
    if (sizeAfter === 0) continue;
    committed = frames.length;
    pages = sizeAfter;
  }
  const whole = new Uint8Array(pages * PAGE);
  whole.set(db.subarray(0, whole.length));
  for (const at of frames.slice(0, committed)) {
    const number = view.getUint32(at);
    if (number <= pages) whole.set(wal.subarray(at + 24, at + FRAME), (number - 1) * PAGE);
  }
  return whole;
}
