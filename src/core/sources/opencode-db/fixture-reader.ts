import type { Database, SqlJsStatic } from 'sql.js';

const PAGE = 4096;
const FRAME = 24 + PAGE;

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
    return this.rows(sql).map(([value]) => String(value));
  }

  numbers(sql: string): number[] {
    return this.rows(sql).map(([value]) => Number(value));
  }

  rows(sql: string): unknown[][] {
    return this.db.exec(sql)[0]?.values ?? [];
  }
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
