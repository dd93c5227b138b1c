import type { SqlValue } from 'sql.js';
import type { Row, RowVisitor } from '../sqlite/row.ts';
import { MAX_ROW_BYTES } from '../sqlite/row.ts';
import type { SqlEngine } from '../sqlite/sql-engine.ts';

const ROWS_BETWEEN_CHECKS = 2000;

/** What to read through SQLite: for files our own reader does not know how to read. */
export interface SqlTableRead {
  readonly table: string;
  /** Columns the table has. */
  readonly has: readonly string[];
  /** Asked columns, by name; `data` is given only when it is not too large. */
  readonly columns: readonly string[];
  /** Rows whose session this is; null: all. */
  readonly sessionId: string | null;
  readonly visit: RowVisitor;
  /** A row that is too large to be loaded. */
  readonly tooLarge: (id: string) => void;
}

/** Gives rows of one table to the visitor. Aborting is noticed between rows. */
export async function readBySql(engine: SqlEngine, read: SqlTableRead, signal: AbortSignal | undefined): Promise<void> {
  const row = new SqlRow();
  let count = 0;
  const parameters = read.sessionId === null ? [] : [read.sessionId];
  for (const values of engine.each(statement(read), parameters)) {
    if (count++ % ROWS_BETWEEN_CHECKS === 0) {
      await nextTurn();
      signal?.throwIfAborted();
    }
    if (values[0] === 1) read.tooLarge(String(values[1]));
    else {
      row.rowid = count;
      row.values = values.slice(2);
      read.visit(row);
    }
  }
}

/** Names come from this program, never from the file. */
function statement({ table, has, columns, sessionId }: SqlTableRead): string {
  const size = has.includes('data') ? 'octet_length(data)' : '0';
  const id = has.includes('id') ? 'id' : 'NULL';
  const list = columns.map((name) => {
    if (!has.includes(name)) return 'NULL';
    return name === 'data' ? `CASE WHEN ${size} <= ${MAX_ROW_BYTES} THEN data END` : name;
  });
  const where = sessionId === null ? '' : ' WHERE session_id = ?';
  return `SELECT ${size} > ${MAX_ROW_BYTES}, ${id}, ${list.join(', ')} FROM ${table}${where}`;
}

const encoder = new TextEncoder();

class SqlRow implements Row {
  rowid = 0;
  readonly complete = true;
  values: SqlValue[] = [];

  text(column: number): string | null {
    const value = this.values[column];
    if (value instanceof Uint8Array) return new TextDecoder().decode(value);
    return typeof value === 'string' ? value : null;
  }

  number(column: number): number | null {
    const value = this.values[column];
    return typeof value === 'number' ? value : null;
  }

  has(column: number): boolean {
    const value = this.values[column];
    return value instanceof Uint8Array || typeof value === 'string';
  }

  bytes(column: number): Uint8Array | null {
    const value = this.values[column];
    if (value instanceof Uint8Array) return value;
    return typeof value === 'string' ? encoder.encode(value) : null;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
