import type { ByteRange, ByteSource } from '../byte-source.ts';
import { joinedBytes } from '../joined-bytes.ts';
import { toScan } from '../json-scan.ts';
import { LineShrinker } from './shrink-line.ts';

/** How a file is read. Tests need small ones. */
export interface LineLimits {
  /** Bytes asked for at once; two such slices are in flight. */
  readonly sliceBytes: number;
  /** Longer lines are held with their long strings shortened. */
  readonly lineBytes: number;
  /** What is left of a string in such a line. */
  readonly stringBytes: number;
}

export const LINE_LIMITS: LineLimits = {
  sliceBytes: 4 * 1024 * 1024,
  lineBytes: 8 * 1024 * 1024,
  stringBytes: 1024 * 1024,
};

/** `shortened`: long strings in the line lost their ends; `last`: it has no line feed of its own. */
export type Wholeness = 'whole' | 'shortened' | 'last';

export interface LineListener {
  /** The line that is told next begins at this byte of the file. */
  lineBegins(offset: number, number: number): void;
  /**
   * The beginning of a line that surely has an end. Gives the place of its line feed when it could be read so; -1 when not,
   * then {@link line} follows. Saves looking for the end first.
   */
  wholeLine(bytes: Uint8Array, start: number, number: number): number;
  /**
   * One line that is not empty. `bytes[end]` is a line feed. Must not keep the bytes.
   */
  line(bytes: Uint8Array, start: number, end: number, number: number, how: Wholeness): void;
  /** A line of which too much would have to be held. */
  tooLong(number: number): void;
  /** So many more bytes were read. */
  progress(bytes: number): void;
}

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** A place in a file: the beginning of a line. */
export interface LineStart {
  /** bytes */
  readonly offset: number;
  /** counted from 1 */
  readonly number: number;
}

export const FILE_START: LineStart = { offset: 0, number: 1 };

/** Reads a file as lines, in slices; holds two slices and the start of one line. */
export async function readLines(
  source: ByteSource,
  listener: LineListener,
  limits: LineLimits,
  signal: AbortSignal,
  from = FILE_START,
): Promise<void> {
  const cutter = new LineCutter(listener, limits, from);
  let isStart = from.offset === 0;
  for await (const slice of slicesOf(source, from.offset, limits.sliceBytes)) {
    signal.throwIfAborted();
    const mark = isStart ? markLength(slice) : 0;
    isStart = false;
    cutter.skip(mark);
    cutter.add(slice.subarray(mark));
    listener.progress(slice.length);
  }
  cutter.finish();
}

/** The next slice is on its way while one is used. A slice is good until the next is asked for. */
async function* slicesOf(source: ByteSource, from: number, length: number): AsyncGenerator<Uint8Array, void, void> {
  if (source.size <= from) return;
  const first = source.read(from, length);
  const rest = from + length;
  if (source.stream !== undefined && source.size > rest) {
    yield await first;
    yield* source.stream(rangesOf(rest, source.size, length));
    return;
  }
  let next: Promise<Uint8Array> | null = first;
  for (let offset = rest; next !== null; offset += length) {
    const slice: Uint8Array = await next;
    next = offset < source.size ? source.read(offset, length) : null;
    // an abort must not leave a rejection unheard
    next?.catch(() => undefined);
    yield slice;
    source.release?.(slice);
  }
}

/** From here to the end, so much at a time. */
function rangesOf(from: number, end: number, length: number): ByteRange[] {
  return Array.from({ length: Math.ceil((end - from) / length) }, (_, i) => {
    const start = from + i * length;
    return { start, length: Math.min(length, end - start) };
  });
}

/** How many bytes of a file's beginning are its byte order mark. */
function markLength(slice: Uint8Array): number {
  return BYTE_ORDER_MARK.every((byte, i) => slice[i] === byte) ? BYTE_ORDER_MARK.length : 0;
}

class LineCutter {
  readonly #listener: LineListener;
  readonly #limits: LineLimits;
  /** The line that began in an earlier slice. */
  #pieces: Uint8Array[] = [];
  #length = 0;
  #shrinker: LineShrinker | null = null;
  #number: number;
  /** Where the next slice stands in the file. */
  #offset: number;

  constructor(listener: LineListener, limits: LineLimits, from: LineStart) {
    this.#listener = listener;
    this.#limits = limits;
    this.#number = from.number;
    this.#offset = from.offset;
  }

  /** Passes over bytes that are part of no line. */
  skip(bytes: number): void {
    this.#offset += bytes;
  }

  add(bytes: Uint8Array): void {
    const slice = toScan(bytes);
    const last = slice.lastIndexOf(LINE_FEED);
    let start = 0;
    for (; start <= last; this.#number++) {
      if (this.#length === 0) this.#listener.lineBegins(this.#offset + start, this.#number);
      const read = this.#length > 0 ? -1 : this.#listener.wholeLine(slice, start, this.#number);
      start = (read === -1 ? this.#cut(slice, start) : read) + 1;
    }
    if (start < slice.length) {
      if (this.#length === 0) this.#listener.lineBegins(this.#offset + start, this.#number);
      this.#hold(slice.subarray(start));
    }
    this.#offset += slice.length;
  }

  /** Gives the place of the line feed. */
  #cut(slice: Uint8Array, start: number): number {
    const end = slice.indexOf(LINE_FEED, start);
    if (this.#length > 0 || end - start > this.#limits.lineBytes) {
      this.#hold(slice.subarray(start, end));
      this.#release('whole');
    } else if (end > start) this.#listener.line(slice, start, end, this.#number, 'whole');
    return end;
  }

  finish(): void {
    if (this.#length > 0) this.#release('last');
  }

  #hold(piece: Uint8Array): void {
    this.#length += piece.length;
    if (this.#shrinker === null && this.#length <= this.#limits.lineBytes) {
      // a copy: the slice it came in may go
      this.#pieces.push(piece.slice());
      return;
    }
    if (this.#shrinker === null) {
      this.#shrinker = new LineShrinker(this.#limits.stringBytes, this.#limits.lineBytes);
      for (const held of this.#pieces) this.#shrinker.add(held);
      this.#pieces = [];
    }
    this.#shrinker.add(piece);
  }

  #release(how: 'whole' | 'last'): void {
    const line = this.#shrinker === null ? joinedBytes(this.#pieces) : this.#shrinker.finish();
    if (line === null) this.#listener.tooLong(this.#number);
    else {
      const bytes = joinedBytes([line, Uint8Array.of(LINE_FEED)]);
      this.#listener.line(bytes, 0, line.length, this.#number, this.#shrinker === null ? how : 'shortened');
    }
    this.#pieces = [];
    this.#length = 0;
    this.#shrinker = null;
  }
}
