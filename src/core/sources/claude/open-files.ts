import type { ByteSource } from '../byte-source.ts';
import type { ListedFile } from './listing.ts';

/** Opens files, counts what is read of them, and closes what is left open. */
export class OpenFiles {
  readonly #open = new Set<ByteSource>();
  #bytesClosed = 0;

  /** Bytes read of all files so far. */
  get bytesRead(): number {
    let bytes = this.#bytesClosed;
    for (const source of this.#open) bytes += source.bytesRead;
    return bytes;
  }

  async open({ file }: ListedFile): Promise<ByteSource> {
    const source = await file.open();
    this.#open.add(source);
    return new CountedSource(source, () => this.#closed(source));
  }

  close(): void {
    for (const source of this.#open) {
      source.close();
      this.#closed(source);
    }
  }

  #closed(source: ByteSource): void {
    if (this.#open.delete(source)) this.#bytesClosed += source.bytesRead;
  }
}

/** A source that tells when it is closed. */
class CountedSource implements ByteSource {
  readonly #source: ByteSource;
  readonly #onClose: () => void;

  constructor(source: ByteSource, onClose: () => void) {
    this.#source = source;
    this.#onClose = onClose;
  }

  get size(): number {
    return this.#source.size;
  }

  get modified(): number {
    return this.#source.modified;
  }

  get bytesRead(): number {
    return this.#source.bytesRead;
  }

  readSync(offset: number, length: number): Uint8Array {
    return this.#source.readSync(offset, length);
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    return this.#source.read(offset, length);
  }

  close(): void {
    this.#source.close();
    this.#onClose();
  }
}
