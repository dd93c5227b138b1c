import type { ByteSource } from '../byte-source.ts';
import type { DatabaseHeader } from './header.ts';
import type { WalIndex } from './wal.ts';

/** Where the newest image of a page is. */
export interface PagePlace {
  readonly source: ByteSource;
  readonly offset: number;
}

/** Inner pages of trees that are kept: those of a database of gigabytes, and no more. */
const MOST_KEPT = 2_048;

/** A database and its `-wal` as one: pages are numbered from 1, the newest committed image of each counts. */
export class PageFile {
  readonly header: DatabaseHeader;
  readonly pageSize: number;
  readonly usable: number;
  readonly pageCount: number;
  readonly db: ByteSource;
  readonly wal: ByteSource | null;
  readonly #offsets: ReadonlyMap<number, number>;
  readonly #residentWal: Uint8Array | null;
  readonly #kept = new Map<number, Uint8Array>();
  /** Levels above the leaves, by the root of the tree, as far as somebody found out. */
  readonly leafDepths = new Map<number, number>();

  /** @param residentWal all bytes of the `-wal` when they are held in memory */
  constructor(
    header: DatabaseHeader,
    db: ByteSource,
    wal: { source: ByteSource; index: WalIndex; resident: Uint8Array | null } | null,
  ) {
    this.header = header;
    this.pageSize = header.pageSize;
    this.usable = header.usable;
    this.db = db;
    this.wal = wal?.source ?? null;
    this.#offsets = wal?.index.offsets ?? new Map<number, number>();
    this.#residentWal = wal?.resident ?? null;
    const pagesInFile = Math.floor(db.size / header.pageSize);
    this.pageCount = wal?.index.pageCount ?? header.pageCount ?? pagesInFile;
  }

  /** Pages the database should have and neither file does: 0 in a whole database. */
  get missingPages(): number {
    const inFile = Math.floor(this.db.size / this.pageSize);
    if (inFile >= this.pageCount) return 0;
    let supplied = 0;
    for (const page of this.#offsets.keys()) if (page > inFile && page <= this.pageCount) supplied++;
    return this.pageCount - inFile - supplied;
  }

  has(page: number): boolean {
    return page >= 1 && page <= this.pageCount;
  }

  /** Offset of the page's image in the `-wal`, or null when the main file has the newest. */
  walOffset(page: number): number | null {
    return this.wal === null ? null : (this.#offsets.get(page) ?? null);
  }

  /** The page when it is in memory anyway, else null. */
  resident(page: number): Uint8Array | null {
    const kept = this.#kept.get(page);
    if (kept !== undefined || this.#residentWal === null) return kept ?? null;
    const offset = this.#offsets.get(page);
    return offset === undefined ? null : this.#residentWal.subarray(offset, offset + this.pageSize);
  }

  /** Keeps an inner page of a tree in memory: the next search goes through it again, and a page by itself is dear to read. */
  keep(page: number, bytes: Uint8Array): void {
    if (this.#kept.size >= MOST_KEPT || bytes.length < this.pageSize || this.resident(page) !== null) return;
    this.#kept.set(page, bytes.slice());
  }

  /** Where the page begins in the main file. */
  offset(page: number): number {
    return (page - 1) * this.pageSize;
  }
}
