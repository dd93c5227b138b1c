/** For tests: the tables of OpenCode 2 in small databases, beside the old ones or alone. */
import type { Database } from 'sql.js';

const SESSION_V2 = `
CREATE TABLE session_v2 (id text PRIMARY KEY, project_id text NOT NULL, parent_id text, fork_session_id text,
  fork_boundary text, directory text NOT NULL, title text, revert text, agent text, time_created integer NOT NULL,
  time_updated integer NOT NULL, time_archived integer);`;

const SESSION_MESSAGE = `
CREATE TABLE session_message (id text PRIMARY KEY, session_id text NOT NULL, type text NOT NULL, seq integer NOT NULL,
  time_created integer NOT NULL, time_updated integer NOT NULL, data text NOT NULL);`;

/** As 1.18 has it: the rows, and no session list of their own. */
export const ROWS_TABLE = `${SESSION_MESSAGE}
CREATE UNIQUE INDEX session_message_session_seq_idx ON session_message (session_id, seq);
CREATE INDEX session_message_session_time_created_id_idx ON session_message (session_id, time_created, id);
CREATE INDEX session_message_session_type_seq_idx ON session_message (session_id, type, seq);`;

export const NEWER_TABLES = SESSION_V2 + ROWS_TABLE;
export const NEWER_TABLES_WITHOUT_INDEX = SESSION_V2 + SESSION_MESSAGE;

/** As 1.14 has it. */
export const ROWS_TABLE_WITHOUT_SEQ = `
CREATE TABLE session_message (id text PRIMARY KEY, session_id text NOT NULL, type text NOT NULL,
  time_created integer NOT NULL, time_updated integer NOT NULL, data text NOT NULL);
CREATE INDEX session_message_session_idx ON session_message (session_id);
CREATE INDEX session_message_session_type_idx ON session_message (session_id, type);`;

export interface SessionV2Values {
  readonly title?: string | null;
  readonly forkOf?: string;
  readonly revert?: string;
  readonly agent?: string;
  readonly time?: number;
}

export function addSessionV2(db: Database, id: string, values: SessionV2Values = {}): void {
  const { title = `Title of ${id}`, forkOf = null, revert = null, agent = null, time = 1000 } = values;
  db.run('INSERT INTO session_v2 VALUES (?, ?, NULL, ?, NULL, ?, ?, ?, ?, ?, ?, NULL)', [
    id,
    'global',
    forkOf,
    '/home/dev/app',
    title,
    revert,
    agent,
    time,
    time,
  ]);
}

/** @param time default: ten times the number */
export function addRow(
  db: Database,
  id: string,
  sessionId: string,
  type: string,
  seq: number,
  data: unknown,
  time = seq * 10,
): void {
  const json = typeof data === 'string' ? data : JSON.stringify(data);
  db.run(
    `INSERT INTO session_message (id, session_id, type, seq, time_created, time_updated, data)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [id, sessionId, type, seq, time, time, json],
  );
}

/** What an answer's `data` is; `rest` goes over it. */
export function answer(text: string, rest: object = {}): object {
  return { agent: 'build', content: [{ type: 'text', text }], finish: 'stop', time: { completed: 1 }, ...rest };
}
