import type { ByteSource } from '../byte-source.ts';

/** Bytes that are in memory already, read as a file is. What it gives are views: nobody may write into them. */
export class MemorySource implements ByteSource {
  readonly modified: number = 0;
  bytesRead = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  readSync(offset: number, length: number): Uint8Array {
    this.bytesRead += length;
    return this.#bytes.subarray(offset, offset + length);
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    return Promise.resolve(this.readSync(offset, length));
  }

  close(): void {
    // nothing is held open
  }
}
