import type { ByteSource } from '../byte-source.ts';

const CHUNK_BYTES = 1024 * 1024;

export interface Chunk {
  /** UTF-8. */
  readonly bytes: Uint8Array;
  /** Bytes of the file up to its end. */
  readonly done: number;
}

/**
 * A text file as UTF-8, piece by piece. Windows PowerShell writes UTF-16 when output is sent to a file: its first two bytes
 * tell.
 */
export async function* utf8Chunks(source: ByteSource): AsyncGenerator<Chunk, void, void> {
  const encoding = encodingOf(await source.read(0, 2));
  const decoder = encoding === null ? null : new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for (let offset = 0; offset < source.size;) {
    const read = await source.read(offset, CHUNK_BYTES);
    if (read.length === 0) return;
    offset += read.length;
    const bytes = decoder === null ? read : encoder.encode(decoder.decode(read, { stream: true }));
    yield { bytes, done: offset };
  }
}

function encodingOf(start: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : null;
}
