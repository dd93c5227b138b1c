import { SourceChanged } from '../byte-source.ts';
import { BlockCache } from './block-cache.ts';
import type { PageFile } from './page-file.ts';

const ERRNO_IO = 29;

/**
 * Passes for a Uint8Array with official sql.js, which keeps what `slice` gives and later asks it for `subarray`s: so a
 * database is read as it is needed. It leans on the inside of Emscripten's MEMFS, hence the pinned version and the check in
 * sql-engine.ts.
 *
 * Pages come from the `-wal` where it has newer ones. Page 1 says rollback journal instead of WAL, for there is no `-wal`
 * in sql.js's file system.
 */
export class LazyBytes implements ArrayLike<number> {
  readonly [index: number]: number;
  readonly length: number;
  readonly byteLength: number;
  readonly buffer = null;
  /** What went wrong when bytes were last asked for; sql.js itself only learns "I/O error". */
  failure: unknown = null;
  readonly #pages: PageFile;
  readonly #db: BlockCache;
  readonly #wal: BlockCache | null;

  constructor(pages: PageFile) {
    this.#pages = pages;
    this.#db = new BlockCache(pages.db);
    this.#wal = pages.wal === null ? null : new BlockCache(pages.wal);
    this.length = pages.pageCount * pages.pageSize;
    this.byteLength = this.length;
  }

  slice(): this {
    return this;
  }

  subarray(start: number, end: number): Uint8Array {
    try {
      return this.#read(start, end - start);
    } catch (error) {
      this.failure ??= error;
      throw errno();
    }
  }

  #read(start: number, length: number): Uint8Array {
    const size = this.#pages.pageSize;
    const page = Math.floor(start / size) + 1;
    const within = start - (page - 1) * size;
    if (within + length > size) return this.#readAcross(start, length);
    const bytes = this.#readPage(page, within, length);
    // all pages were there when the file was opened
    if (bytes.length < length) throw new SourceChanged('The database');
    return page === 1 && within <= 19 ? withoutWalMode(bytes, within) : bytes;
  }

  #readPage(page: number, within: number, length: number): Uint8Array {
    const resident = this.#pages.resident(page);
    if (resident !== null) return resident.subarray(within, within + length);
    const walOffset = this.#pages.walOffset(page);
    if (walOffset !== null && this.#wal !== null) return this.#wal.read(walOffset + within, length);
    return this.#db.read(this.#pages.offset(page) + within, length);
  }

  #readAcross(start: number, length: number): Uint8Array {
    const out = new Uint8Array(length);
    const size = this.#pages.pageSize;
    for (let done = 0; done < length;) {
      const piece = Math.min(size - ((start + done) % size), length - done);
      out.set(this.#read(start + done, piece), done);
      done += piece;
    }
    return out;
  }
}

function withoutWalMode(bytes: Uint8Array, within: number): Uint8Array {
  const copy = bytes.slice();
  for (const at of [18 - within, 19 - within]) if (at >= 0 && at < copy.length && copy[at] === 2) copy[at] = 1;
  return copy;
}

/**
 * MEMFS passes an error on to SQLite only when it looks like its own: named ErrnoError, the number under a key that the
 * minifier chose. Any other error is swallowed on the way and SQLite takes the file to end there.
 */
function errno(): object {
  return new Proxy(new Error('reading failed'), {
    get: (_, key) => (key === 'name' ? 'ErrnoError' : ERRNO_IO),
  });
}
