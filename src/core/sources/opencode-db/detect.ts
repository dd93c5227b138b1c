import { hasMagic } from '../sqlite/header.ts';

const SAMPLE_BYTES = 64 * 1024;
const SECTOR = 512;

/** True when the first bytes of a file are those of a SQLite database. */
export function looksLikeSqlite(start: Uint8Array): boolean {
  return hasMagic(start);
}

const KNOWN: readonly { readonly magic: readonly number[]; readonly what: string }[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], what: 'a zip archive' },
  { magic: [0x1f, 0x8b], what: 'compressed with gzip' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], what: 'compressed with zstd' },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'compressed with xz' },
  { magic: [0x37, 0x7f, 0x06, 0x82], what: 'the -wal of a database, not the database' },
  { magic: [0x37, 0x7f, 0x06, 0x83], what: 'the -wal of a database, not the database' },
];

/** What a file that is no database is, where its first bytes tell. */
export function knownKind(start: Uint8Array): string | null {
  return KNOWN.find(({ magic }) => magic.every((byte, i) => start[i] === byte))?.what ?? null;
}

/**
 * True when a file may be an encrypted database: whole sectors, and bytes as even as random ones. Compressed files look
 * alike; they are told by their first bytes.
 *
 * @param start its first bytes, at least 4 kB to say anything
 */
export function looksEncrypted(start: Uint8Array, size: number): boolean {
  if (size % SECTOR !== 0 || start.length < 8 * SECTOR || knownKind(start) !== null) return false;
  const sample = start.subarray(0, SAMPLE_BYTES);
  const counts = new Uint32Array(256);
  for (const byte of sample) counts[byte] = (counts[byte] ?? 0) + 1;
  const expected = sample.length / 256;
  let chiSquare = 0;
  for (const count of counts) chiSquare += (count - expected) ** 2 / expected;
  // 255 degrees of freedom: random bytes stay below 370 in all but one of a million files
  return chiSquare < 370;
}
