import type { ByteSource } from '../byte-source.ts';

/** A source that passes everything on to another one, for those that change one thing about it. */
export class ForwardedSource implements ByteSource {
  protected readonly source: ByteSource;
  readonly stream?: NonNullable<ByteSource['stream']>;
  readonly release?: NonNullable<ByteSource['release']>;

  constructor(source: ByteSource) {
    this.source = source;
    if (source.stream !== undefined) this.stream = source.stream.bind(source);
    if (source.release !== undefined) this.release = source.release.bind(source);
  }

  get size(): number {
    return this.source.size;
  }

  get modified(): number {
    return this.source.modified;
  }

  get bytesRead(): number {
    return this.source.bytesRead;
  }

  readSync(offset: number, length: number): Uint8Array {
    return this.source.readSync(offset, length);
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    return this.source.read(offset, length);
  }

  close(): void {
    this.source.close();
  }
}
