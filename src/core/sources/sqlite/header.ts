import { u16, u32 } from './big-endian.ts';

export const HEADER_BYTES = 100;

const MAGIC = new TextEncoder().encode('SQLite format 3\0');

/** What the first 100 bytes of a database say. */
export interface DatabaseHeader {
  readonly pageSize: number;
  /** Bytes of a page that hold data: some programs reserve a few at its end. */
  readonly usable: number;
  /** Its newest rows may be in a `-wal` beside it. */
  readonly walMode: boolean;
  readonly utf8: boolean;
  /** Null when an old program wrote the file last and the number can't be trusted. */
  readonly pageCount: number | null;
  readonly schemaCookie: number;
}

/** True when the bytes start as every SQLite database does. */
export function hasMagic(bytes: Uint8Array): boolean {
  return bytes.length >= MAGIC.length && MAGIC.every((byte, i) => bytes[i] === byte);
}

/** Reads the header. Null when it has no magic or says what can't be. */
export function readHeader(bytes: Uint8Array): DatabaseHeader | null {
  if (bytes.length < HEADER_BYTES || !hasMagic(bytes)) return null;
  const pageSize = pageSizeOf(u16(bytes, 16));
  const usable = pageSize - (bytes[20] ?? 0);
  if (pageSize === 0 || usable < 480 || bytes[21] !== 64 || bytes[22] !== 32 || bytes[23] !== 32) return null;
  const stamped = u32(bytes, 24) === u32(bytes, 92);
  const pageCount = u32(bytes, 28);
  return {
    pageSize,
    usable,
    walMode: bytes[18] === 2 || bytes[19] === 2,
    // 0: nothing was ever written that needs an encoding
    utf8: u32(bytes, 56) <= 1,
    pageCount: stamped && pageCount > 0 ? pageCount : null,
    schemaCookie: u32(bytes, 40),
  };
}

function pageSizeOf(stored: number): number {
  if (stored === 1) return 65536;
  return stored >= 512 && stored <= 32768 && (stored & (stored - 1)) === 0 ? stored : 0;
}
