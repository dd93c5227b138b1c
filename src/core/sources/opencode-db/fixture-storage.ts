import type { WalRecorder } from './fixture-wal.ts';

/** A file that can be read and written anywhere, growing as it is written: an array in a worker, a file descriptor in Node. */
export interface FileStorage {
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
  write(offset: number, bytes: Uint8Array): void;
}

export class MemoryStorage implements FileStorage {
  size = 0;
  private buffer = new Uint8Array(1 << 16);

  read(offset: number, length: number): Uint8Array {
    return this.buffer.subarray(offset, Math.min(offset + length, this.size));
  }

  write(offset: number, bytes: Uint8Array): void {
    const end = offset + bytes.length;
    if (end > this.buffer.length) this.grow(end);
    this.buffer.set(bytes, offset);
    this.size = Math.max(this.size, end);
  }

  /** A copy of what was written. */
  bytes(): Uint8Array {
    return this.buffer.slice(0, this.size);
  }

  private grow(needed: number): void {
    const bigger = new Uint8Array(Math.max(needed, this.buffer.length * 2));
    bigger.set(this.buffer.subarray(0, this.size));
    this.buffer = bigger;
  }
}

/** Where the header of page 1 says which kind of journal the file wants: 1 rollback, 2 WAL. */
const JOURNAL_BYTES = [18, 19];

/**
 * The byte object that sql.js keeps as the contents of its database file, so that pages go to our storage and not to
 * memory. It leans on the inside of Emscripten's MEMFS as of sql.js 1.16, which calls `slice` once, then `subarray` to
 * read and `set` to write, and would copy everything if `length` were ever too small. The file always says WAL on the
 * outside and rollback to sql.js, which knows no WAL. With a recorder that records, writes become WAL frames.
 */
export class PageFile implements ArrayLike<number> {
  /** Only so that it passes for an array; nothing reads it. */
  readonly [index: number]: number;
  private kept = false;
  private readonly main: FileStorage;
  private readonly wal: WalRecorder | null;

  constructor(main: FileStorage, wal: WalRecorder | null) {
    this.main = main;
    this.wal = wal;
  }

  get length(): number {
    return this.kept ? Number.MAX_SAFE_INTEGER : this.main.size;
  }

  slice(): this {
    this.kept = true;
    return this;
  }

  subarray(from: number, to: number): Uint8Array {
    const bytes = this.wal?.read(from, to - from) ?? this.main.read(from, to - from);
    return withJournalBytes(bytes, from, 1);
  }

  set(bytes: Uint8Array, offset: number): void {
    const page = withJournalBytes(bytes, offset, 2);
    if (this.wal?.recording) this.wal.writePage(offset, page);
    else this.main.write(offset, page);
  }
}

function withJournalBytes(bytes: Uint8Array, offset: number, value: 1 | 2): Uint8Array {
  if (offset > 19) return bytes;
  const patched = bytes.slice();
  for (const at of JOURNAL_BYTES) if (at >= offset && at < offset + bytes.length) patched[at - offset] = value;
  return patched;
}
