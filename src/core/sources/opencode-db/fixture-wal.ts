import type { FileStorage } from './fixture-storage.ts';

const PAGE = 4096;
const FRAME = 24 + PAGE;
const HEADER = 32;
const MAGIC_LITTLE_ENDIAN = 0x377f0682;
const VERSION = 3007000;

/** Salts and checkpoint number of one generation of the log. */
interface Generation {
  sequence: number;
  salt1: number;
  salt2: number;
}

/**
 * Writes a `-wal` the way SQLite does: a header, then one frame a page with the salts of the generation and a running
 * checksum; the last frame of a transaction carries the size of the database. A checkpoint copies the pages home and
 * starts over at the front with new salts, leaving old frames behind: the stale tail every reader must notice.
 */
export class WalRecorder {
  recording = false;
  /** Frames of this generation, committed ones only. */
  frames = 0;
  private readonly generation: Generation;
  private readonly sums = new Uint32Array(2);
  private position = HEADER;
  /** Page number to the offset of its newest frame. */
  private readonly committed = new Map<number, number>();
  /** Pages of the open transaction. */
  private readonly pending = new Map<number, Uint8Array>();
  private pages: number;
  private readonly main: FileStorage;
  private readonly file: FileStorage;

  constructor(main: FileStorage, file: FileStorage, salt: number) {
    this.main = main;
    this.file = file;
    this.generation = { sequence: 0, salt1: salt >>> 0, salt2: Math.imul(salt, 2654435761) >>> 0 };
    this.pages = 0;
  }

  /** From here on pages become frames. */
  start(): void {
    this.pages = this.main.size / PAGE;
    this.recording = true;
    this.writeHeader();
  }

  /** The newest bytes of a range inside one page, or null when the log has none. */
  read(offset: number, length: number): Uint8Array | null {
    const number = Math.floor(offset / PAGE) + 1;
    const from = offset % PAGE;
    const page = this.pending.get(number) ?? this.frame(number);
    return page ? page.subarray(from, from + length) : null;
  }

  writePage(offset: number, bytes: Uint8Array): void {
    if (offset % PAGE !== 0 || bytes.length !== PAGE) throw new Error('only whole pages go to the log');
    const number = offset / PAGE + 1;
    this.pending.set(number, bytes.slice());
    this.pages = Math.max(this.pages, number);
  }

  /** Ends a transaction. With `marked` false its frames are written but never committed, as when the program dies. */
  commit(marked = true): void {
    let left = this.pending.size;
    for (const [number, page] of this.pending) {
      left -= 1;
      if (marked) this.committed.set(number, this.position + 24);
      this.append(number, left === 0 && marked ? this.pages : 0, page);
    }
    if (marked) this.frames += this.pending.size;
    this.pending.clear();
  }

  /** Copies committed pages into the database and starts the next generation at the front of the log. */
  checkpoint(): void {
    for (const number of [...this.committed.keys()].sort((a, b) => a - b)) {
      this.main.write((number - 1) * PAGE, this.frame(number)!.slice());
    }
    this.committed.clear();
    this.frames = 0;
    this.generation.sequence += 1;
    this.generation.salt1 = (this.generation.salt1 + 1) >>> 0;
    this.generation.salt2 = Math.imul(this.generation.salt2, 1664525) >>> 0;
    this.writeHeader();
  }

  private frame(number: number): Uint8Array | null {
    const at = this.committed.get(number);
    return at === undefined ? null : this.file.read(at, PAGE);
  }

  private writeHeader(): void {
    const bytes = new Uint8Array(HEADER);
    const view = new DataView(bytes.buffer);
    const { sequence, salt1, salt2 } = this.generation;
    [MAGIC_LITTLE_ENDIAN, VERSION, PAGE, sequence, salt1, salt2].forEach((value, i) => view.setUint32(i * 4, value));
    this.sums.fill(0);
    this.addToSums(bytes, 0, 24);
    view.setUint32(24, this.sums[0]!);
    view.setUint32(28, this.sums[1]!);
    this.file.write(0, bytes);
    this.position = HEADER;
  }

  private append(number: number, sizeAfterCommit: number, page: Uint8Array): void {
    const bytes = new Uint8Array(FRAME);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, number);
    view.setUint32(4, sizeAfterCommit);
    view.setUint32(8, this.generation.salt1);
    view.setUint32(12, this.generation.salt2);
    bytes.set(page, 24);
    this.addToSums(bytes, 0, 8);
    this.addToSums(bytes, 24, PAGE);
    view.setUint32(16, this.sums[0]!);
    view.setUint32(20, this.sums[1]!);
    this.file.write(this.position, bytes);
    this.position += FRAME;
  }

  /** The checksum of the file format, over little-endian words, carried on from frame to frame. */
  private addToSums(bytes: Uint8Array, from: number, length: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset + from, length);
    let a = this.sums[0]!;
    let b = this.sums[1]!;
    for (let i = 0; i < length; i += 8) {
      a = (a + view.getUint32(i, true) + b) >>> 0;
      b = (b + view.getUint32(i + 4, true) + a) >>> 0;
    }
    this.sums[0] = a;
    this.sums[1] = b;
  }
}
