import type { ByteSource } from '../byte-source.ts';

const BLOCK = 256 * 1024;
const MAX_BLOCKS = 128;
const MAX_AHEAD_BLOCKS = 16;
const REMEMBERED_READS = 64;

/**
 * Keeps the blocks of a file that were read last, for sql.js, which asks page by page and can't wait. A read costs about a
 * millisecond in Chromium whatever its length, so reads that follow each other grow, up to 4 MB. Holds at most 32 MB.
 */
export class BlockCache {
  readonly #source: ByteSource;
  readonly #blocks = new Map<number, Uint8Array>();
  /** Last block of a recent read to its length in blocks: several streams may interleave. */
  readonly #tails = new Map<number, number>();

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** Bytes of the file, a view valid until the next call. Fewer past the end. Throws what the source throws. */
  read(offset: number, length: number): Uint8Array {
    const first = Math.floor(offset / BLOCK);
    const start = offset - first * BLOCK;
    const block = this.#block(first);
    if (start + length <= BLOCK) return block.subarray(start, start + length);
    return this.#readAcross(offset, length);
  }

  #readAcross(offset: number, length: number): Uint8Array {
    const out = new Uint8Array(Math.max(0, Math.min(length, this.#source.size - offset)));
    let done = 0;
    while (done < out.length) {
      const index = Math.floor((offset + done) / BLOCK);
      const start = offset + done - index * BLOCK;
      const piece = this.#block(index).subarray(start, start + out.length - done);
      if (piece.length === 0) break;
      out.set(piece, done);
      done += piece.length;
    }
    return out;
  }

  #block(index: number): Uint8Array {
    const known = this.#blocks.get(index);
    if (known === undefined) return this.#fetch(index);
    this.#blocks.delete(index);
    this.#blocks.set(index, known);
    return known;
  }

  #fetch(index: number): Uint8Array {
    const wanted = Math.min(MAX_AHEAD_BLOCKS, 2 * (this.#tails.get(index - 1) ?? 0.5));
    this.#tails.delete(index - 1);
    let count = 1;
    while (count < wanted && !this.#blocks.has(index + count)) count++;
    const bytes = this.#source.readSync(index * BLOCK, count * BLOCK);
    for (let i = 0; i < count && i * BLOCK < bytes.length; i++) {
      // a copy: one block of a long read would hold all of it in memory
      this.#blocks.set(index + i, count === 1 ? bytes : bytes.slice(i * BLOCK, (i + 1) * BLOCK));
    }
    this.#tails.set(index + count - 1, count);
    forgetOldest(this.#tails, REMEMBERED_READS);
    forgetOldest(this.#blocks, MAX_BLOCKS);
    return bytes.subarray(0, BLOCK);
  }
}

function forgetOldest(map: Map<number, unknown>, keep: number): void {
  for (const key of map.keys()) {
    if (map.size <= keep) return;
    map.delete(key);
  }
}
