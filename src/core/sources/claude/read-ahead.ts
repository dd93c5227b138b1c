import type { ByteSource } from '../byte-source.ts';
import { ForwardedSource } from './forwarded-source.ts';
import type { ListedFile } from './listing.ts';

const MOST_FILES = 8;
const MOST_BYTES = 8 * 1024 * 1024;

/** A file, and the byte it will be read from. */
interface Coming {
  readonly file: ListedFile;
  readonly from: number;
}

type Open = (file: ListedFile) => Promise<ByteSource>;

interface Begun {
  readonly source: Promise<ByteSource>;
  readonly bytes: number;
}

/**
 * Opens the files that come next and reads their beginnings while the one before is worked on: most transcripts are small, and
 * waiting for each would take as long as reading them.
 */
export class ReadAhead {
  readonly #files: readonly Coming[];
  readonly #openNow: Open;
  readonly #firstBytes: number;
  readonly #begun = new Map<ListedFile, Begun>();
  readonly #taken = new Set<ListedFile>();
  #next = 0;
  #bytes = 0;

  /**
   * @param files in the order they will be asked for, as far as that is known
   * @param firstBytes what will be read of each first
   */
  constructor(files: readonly Coming[], open: Open, firstBytes: number) {
    this.#files = files;
    this.#openNow = open;
    this.#firstBytes = firstBytes;
  }

  /** Any file, whether it was begun or not. The caller closes it. */
  open(file: ListedFile): Promise<ByteSource> {
    const begun = this.#begun.get(file);
    this.#taken.add(file);
    if (begun !== undefined) this.#forget(file, begun);
    const source = begun?.source ?? this.#openNow(file);
    this.#beginMore();
    return source;
  }

  /** Closes what nobody asked for. */
  async close(): Promise<void> {
    this.#next = this.#files.length;
    const left = [...this.#begun.values()];
    this.#begun.clear();
    for (const begun of left) {
      await begun.source.then(
        (source) => source.close(),
        () => undefined,
      );
    }
  }

  #beginMore(): void {
    for (; this.#begun.size < MOST_FILES && this.#bytes < MOST_BYTES; this.#next++) {
      const coming = this.#files[this.#next];
      if (coming === undefined) return;
      const { file, from } = coming;
      if (this.#taken.has(file)) continue;
      const begun = { source: this.#begin(coming), bytes: Math.min(file.sizeBytes - from, this.#firstBytes) };
      // who asks for it hears of it
      begun.source.catch(() => undefined);
      this.#begun.set(file, begun);
      this.#bytes += begun.bytes;
    }
  }

  async #begin({ file, from }: Coming): Promise<ByteSource> {
    const source = await this.#openNow(file);
    return source.size <= from ? source : new BegunSource(source, from, this.#firstBytes);
  }

  #forget(file: ListedFile, { bytes }: Begun): void {
    this.#begun.delete(file);
    this.#bytes -= bytes;
  }
}

/** A source whose first bytes are on their way. */
class BegunSource extends ForwardedSource {
  readonly #from: number;
  readonly #length: number;
  #first: Promise<Uint8Array> | null;

  constructor(source: ByteSource, from: number, length: number) {
    super(source);
    this.#from = from;
    this.#length = length;
    this.#first = source.read(from, length);
    // who reads it hears of it
    this.#first.catch(() => undefined);
  }

  override read(offset: number, length: number): Promise<Uint8Array> {
    const first = this.#first;
    if (first === null || offset !== this.#from || length !== this.#length) return super.read(offset, length);
    this.#first = null;
    return first;
  }
}
