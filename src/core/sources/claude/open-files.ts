import type { ByteSource } from '../byte-source.ts';
import { ForwardedSource } from './forwarded-source.ts';
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
class CountedSource extends ForwardedSource {
  readonly #onClose: () => void;

  constructor(source: ByteSource, onClose: () => void) {
    super(source);
    this.#onClose = onClose;
  }

  override close(): void {
    super.close();
    this.#onClose();
  }
}
