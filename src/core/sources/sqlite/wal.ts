/**
 * Which pages of a database are newer in its `-wal`. Only frames that count are taken, as SQLite does: the salts are the
 * header's, the running checksum is right, and a commit follows. What comes after is left from before a checkpoint, was torn
 * by a crash, or was never committed.
 */
import type { ByteSource } from '../byte-source.ts';
import { u32 } from './big-endian.ts';
import { WalChecksum } from './wal-checksum.ts';

export const WAL_HEADER_BYTES = 32;
export const FRAME_HEADER_BYTES = 24;
const MAGIC = 0x377f0682;
const VERSION = 3007000;
const CHUNK_BYTES = 4 * 1024 * 1024;

export interface WalIndex {
  readonly pageSize: number;
  /** Pages of the database after the last commit. */
  readonly pageCount: number;
  /** Page number to the offset of its newest image in the `-wal`. */
  readonly offsets: ReadonlyMap<number, number>;
  /** A frame of this log is broken and others of it follow: rows are lost. */
  readonly broken: boolean;
}

/** `empty`: nothing is committed in it. `unusable`: this is no log SQLite would take, and why. */
export type WalReading =
  | { readonly kind: 'index'; readonly index: WalIndex }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unusable'; readonly reason: string };

/**
 * Reads a `-wal` once, in pieces of 4 MB, and keeps the place of each page only.
 *
 * @param pageSize of the main file; null when that is empty
 */
export async function readWal(source: ByteSource, pageSize: number | null, signal?: AbortSignal): Promise<WalReading> {
  if (source.size === 0) return { kind: 'empty' };
  const header = await source.read(0, WAL_HEADER_BYTES);
  const reason = whyUnusable(header, pageSize);
  if (reason !== null) return { kind: 'unusable', reason };
  const reader = new FrameReader(header);
  if (!reader.headerHolds) return { kind: 'unusable', reason: 'its header does not match its checksum' };

  const frame = reader.frameBytes;
  const step = Math.max(1, Math.floor(CHUNK_BYTES / frame)) * frame;
  let next = source.read(WAL_HEADER_BYTES, step);
  for (let at = WAL_HEADER_BYTES; at + frame <= source.size && !reader.ended; at += step) {
    signal?.throwIfAborted();
    const bytes = await next;
    if (at + step < source.size) next = source.read(at + step, step);
    reader.take(bytes, at);
  }
  await next.catch(() => undefined);
  return reader.result();
}

function whyUnusable(header: Uint8Array, pageSize: number | null): string | null {
  if (header.length < WAL_HEADER_BYTES) return 'it is too short';
  const magic = u32(header, 0);
  if (magic !== MAGIC && magic !== MAGIC + 1) return 'it is not a SQLite write-ahead log';
  if (u32(header, 4) !== VERSION) return 'its version is not known';
  const own = u32(header, 8);
  if (own < 512 || own > 65536 || (own & (own - 1)) !== 0) return `its page size can't be ${own}`;
  if (pageSize !== null && own !== pageSize) return `its pages have ${own} bytes, those of the database ${pageSize}`;
  return null;
}

class FrameReader {
  readonly frameBytes: number;
  readonly headerHolds: boolean;
  ended = false;
  readonly #pageSize: number;
  readonly #salt1: number;
  readonly #salt2: number;
  readonly #sum: WalChecksum;
  readonly #committed = new Map<number, number>();
  #open = new Map<number, number>();
  #pageCount = 0;
  #broken = false;

  constructor(header: Uint8Array) {
    this.#pageSize = u32(header, 8);
    this.frameBytes = FRAME_HEADER_BYTES + this.#pageSize;
    this.#salt1 = u32(header, 16);
    this.#salt2 = u32(header, 20);
    this.#sum = new WalChecksum(u32(header, 0) === MAGIC + 1);
    this.#sum.add(header, 0, 24);
    this.headerHolds = this.#sum.first === u32(header, 24) && this.#sum.second === u32(header, 28);
  }

  /** Takes whole frames until one does not count. */
  take(bytes: Uint8Array, offset: number): void {
    for (let at = 0; at + this.frameBytes <= bytes.length; at += this.frameBytes) {
      if (!this.#holds(bytes, at)) {
        this.ended = true;
        this.#broken = this.#isOurs(bytes, at) && this.#isOurs(bytes, at + this.frameBytes);
        return;
      }
      this.#open.set(u32(bytes, at), offset + at + FRAME_HEADER_BYTES);
      const pagesAfterCommit = u32(bytes, at + 4);
      if (pagesAfterCommit > 0) this.#commit(pagesAfterCommit);
    }
  }

  result(): WalReading {
    if (this.#pageCount === 0) return { kind: 'empty' };
    const index = {
      pageSize: this.#pageSize,
      pageCount: this.#pageCount,
      offsets: this.#committed,
      broken: this.#broken,
    };
    return { kind: 'index', index };
  }

  #commit(pageCount: number): void {
    for (const [page, at] of this.#open) this.#committed.set(page, at);
    this.#open = new Map();
    this.#pageCount = pageCount;
  }

  #isOurs(bytes: Uint8Array, at: number): boolean {
    return at + 16 <= bytes.length && u32(bytes, at + 8) === this.#salt1 && u32(bytes, at + 12) === this.#salt2;
  }

  #holds(bytes: Uint8Array, at: number): boolean {
    if (!this.#isOurs(bytes, at) || u32(bytes, at) === 0) return false;
    this.#sum.add(bytes, at, 8);
    this.#sum.add(bytes, at + FRAME_HEADER_BYTES, this.#pageSize);
    return this.#sum.first === u32(bytes, at + 16) && this.#sum.second === u32(bytes, at + 20);
  }
}
