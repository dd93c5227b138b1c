/** For tests: files that are arrays, databases that SQLite made in memory, and logs of frames as SQLite writes them. */
import initSqlJs from 'sql.js';
import type { Database, SqlJsStatic } from 'sql.js';
import type { ByteSource, SourceFile } from '../byte-source.ts';
import { MemorySource } from './memory-source.ts';

/** A file whose bytes can be exchanged while it is open. */
export class FixtureFile implements SourceFile {
  readonly name: string;
  readonly path: string;
  readonly folderSeen: boolean;
  bytes: Uint8Array;
  opened: ByteSource[] = [];

  constructor(name: string, bytes: Uint8Array, folderSeen = true) {
    this.name = name;
    this.path = `made/${name}`;
    this.bytes = bytes;
    this.folderSeen = folderSeen;
  }

  get size(): number {
    return this.bytes.length;
  }

  open(): Promise<ByteSource> {
    const source = new MemorySource(this.bytes);
    this.opened.push(source);
    return Promise.resolve(source);
  }
}

export function loadSqlJs(): Promise<SqlJsStatic> {
  return initSqlJs();
}

export interface DatabaseShape {
  readonly pageSize?: number;
  /** Bytes at the end of each page that hold no data. */
  readonly reserved?: number;
}

/** An empty database of this shape, to be filled. */
export function emptyDatabase(sql: SqlJsStatic, { pageSize = 4096, reserved = 0 }: DatabaseShape = {}): Database {
  const plain = new sql.Database();
  plain.run(`PRAGMA page_size=${pageSize}; PRAGMA user_version=1`);
  const bytes = plain.export();
  plain.close();
  bytes[20] = reserved;
  const content = pageSize - reserved;
  bytes[105] = (content >> 8) & 255;
  bytes[106] = content & 255;
  return new sql.Database(bytes);
}

export interface Frame {
  readonly page: number;
  readonly image: Uint8Array;
  /** Pages of the database when this frame commits, else 0. */
  readonly commit?: number;
}

export interface WalShape {
  readonly pageSize?: number;
  readonly bigEndian?: boolean;
  readonly salt?: number;
}

/** A `-wal` of these frames, by the rules of https://sqlite.org/fileformat2.html#walformat */
export function makeWal(
  frames: readonly Frame[],
  { pageSize = 4096, bigEndian = false, salt = 7 }: WalShape = {},
): Uint8Array {
  const out = new Uint8Array(32 + frames.length * (24 + pageSize));
  const view = new DataView(out.buffer);
  let sums: [number, number] = [0, 0];
  const add = (from: number, length: number): void => {
    let [a, b] = sums;
    for (let at = from; at < from + length; at += 8) {
      a = (a + view.getUint32(at, !bigEndian) + b) >>> 0;
      b = (b + view.getUint32(at + 4, !bigEndian) + a) >>> 0;
    }
    sums = [a, b];
  };
  [bigEndian ? 0x377f0683 : 0x377f0682, 3007000, pageSize, 0, salt, salt + 1].forEach((n, i) =>
    view.setUint32(4 * i, n),
  );
  add(0, 24);
  view.setUint32(24, sums[0]);
  view.setUint32(28, sums[1]);
  for (const [i, frame] of frames.entries()) {
    const at = 32 + i * (24 + pageSize);
    [frame.page, frame.commit ?? 0, salt, salt + 1].forEach((n, k) => view.setUint32(at + 4 * k, n));
    out.set(frame.image, at + 24);
    add(at, 8);
    add(at + 24, pageSize);
    view.setUint32(at + 16, sums[0]);
    view.setUint32(at + 20, sums[1]);
  }
  return out;
}

/** Frames that turn one database into another: the pages that differ, the last one commits. */
export function framesBetween(before: Uint8Array, after: Uint8Array, pageSize = 4096): Frame[] {
  const frames: Frame[] = [];
  for (let page = 1; page * pageSize <= after.length; page++) {
    const image = after.slice((page - 1) * pageSize, page * pageSize);
    const old = before.subarray((page - 1) * pageSize, page * pageSize);
    if (old.length !== image.length || image.some((byte, i) => byte !== old[i])) frames.push({ page, image });
  }
  const last = frames.at(-1);
  return last === undefined ? [] : [...frames.slice(0, -1), { ...last, commit: after.length / pageSize }];
}
