import { isPlain, plainText } from '../plain-text.ts';
import { signed, varint, varintLength } from './big-endian.ts';
import type { Row } from './row.ts';

/** `partial`: the columns asked for at once are not all at hand. */
export type RecordState = 'ready' | 'partial' | 'damaged';

const FIXED_SIZES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];
const FIRST_VARIABLE = 12;
const MEMO_BYTES = 64;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A stored record, decoded in place: one object serves all rows of a scan. */
export class StoredRecord implements Row {
  rowid = 0;
  complete = true;
  #bytes: Uint8Array = new Uint8Array(0);
  #end = 0;
  #count = 0;
  /** Serial type, first byte and size of each stored column. */
  readonly #types: Float64Array;
  readonly #starts: Float64Array;
  readonly #sizes: Float64Array;
  /** Asked column to stored column; -1 when the table has it not. */
  readonly #places: Int32Array;
  readonly #memos: TextMemo[];
  readonly #lastAtOnce: number;

  /**
   * @param stored all columns of the table in stored order
   * @param asked the columns wanted, by name
   * @param atOnce how many of the asked ones must be at hand before a visitor sees the row
   */
  constructor(stored: readonly string[], asked: readonly string[], atOnce: number) {
    this.#types = new Float64Array(stored.length);
    this.#starts = new Float64Array(stored.length);
    this.#sizes = new Float64Array(stored.length);
    this.#places = Int32Array.from(asked, (name) => stored.indexOf(name));
    this.#memos = asked.map(() => new TextMemo());
    this.#lastAtOnce = Math.max(-1, ...this.#places.subarray(0, atOnce));
  }

  /**
   * Points the row at a record.
   *
   * @param start first byte of the record, the length of its header
   * @param end after the last byte at hand
   * @param size of the whole record in bytes
   */
  open(rowid: number, bytes: Uint8Array, start: number, end: number, size: number): RecordState {
    this.rowid = rowid;
    this.complete = end - start >= size;
    this.#bytes = bytes;
    this.#end = end;
    const headerSize = varint(bytes, start);
    if (headerSize < 1 || headerSize > size) return 'damaged';
    if (start + headerSize > end) return this.complete ? 'damaged' : 'partial';
    if (!this.#readColumns(start, start + headerSize, start + size)) return 'damaged';
    return this.complete || this.#hasAtOnce() ? 'ready' : 'partial';
  }

  text(column: number): string | null {
    const place = this.#range(column);
    return place < 0
      ? null
      : (this.#memos[column]?.decode(this.#bytes, this.#starts[place] ?? 0, this.#endOf(place)) ?? null);
  }

  has(column: number): boolean {
    return this.#range(column) >= 0;
  }

  bytes(column: number): Uint8Array | null {
    const place = this.#range(column);
    return place < 0 ? null : this.#bytes.subarray(this.#starts[place], this.#endOf(place));
  }

  number(column: number): number | null {
    const place = this.#places[column] ?? -1;
    if (place < 0 || place >= this.#count) return null;
    const type = this.#types[place] ?? 0;
    const at = this.#starts[place] ?? 0;
    if (type === 8 || type === 9) return type - 8;
    if (type >= 1 && type <= 5) return signed(this.#bytes, at, FIXED_SIZES[type] ?? 0);
    if (type !== 6 && type !== 7) return null;
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + at, 8);
    return type === 6 ? Number(view.getBigInt64(0)) : view.getFloat64(0);
  }

  /** Fills the columns from the header. False when they don't add up to the record. */
  #readColumns(start: number, headerEnd: number, recordEnd: number): boolean {
    const bytes = this.#bytes;
    let at = start + varintLength(bytes, start);
    let body = headerEnd;
    let count = 0;
    while (at < headerEnd) {
      let type = bytes[at] ?? 0;
      if (type < 0x80) at++;
      else {
        type = varint(bytes, at);
        at += varintLength(bytes, at);
      }
      if (type < 0 || type === 10 || type === 11) return false;
      const size = type < FIRST_VARIABLE ? (FIXED_SIZES[type] ?? 0) : (type - FIRST_VARIABLE - (type % 2)) / 2;
      if (count < this.#types.length) {
        this.#types[count] = type;
        this.#starts[count] = body;
        this.#sizes[count] = size;
        count++;
      }
      body += size;
    }
    this.#count = count;
    return at === headerEnd && body === recordEnd;
  }

  #hasAtOnce(): boolean {
    const last = Math.min(this.#lastAtOnce, this.#count - 1);
    return last < 0 || (this.#starts[last] ?? 0) + (this.#sizes[last] ?? 0) <= this.#end;
  }

  /** Stored place of a text or blob column, or -1. */
  #range(column: number): number {
    const place = this.#places[column] ?? -1;
    return place >= 0 && place < this.#count && (this.#types[place] ?? 0) >= FIRST_VARIABLE ? place : -1;
  }

  #endOf(place: number): number {
    return Math.min(this.#end, (this.#starts[place] ?? 0) + (this.#sizes[place] ?? 0));
  }
}

/** Rows that follow each other often have the same session or message id: the string is made once. */
class TextMemo {
  readonly #bytes = new Uint8Array(MEMO_BYTES);
  #length = -1;
  #text = '';

  decode(bytes: Uint8Array, start: number, end: number): string {
    const length = end - start;
    if (length > MEMO_BYTES) return decoder.decode(bytes.subarray(start, end));
    if (length !== this.#length || !this.#same(bytes, start)) {
      this.#length = length;
      for (let i = 0; i < length; i++) this.#bytes[i] = bytes[start + i] ?? 0;
      this.#text = isPlain(bytes, start, end)
        ? plainText(bytes, start, end)
        : decoder.decode(bytes.subarray(start, end));
    }
    return this.#text;
  }

  #same(bytes: Uint8Array, start: number): boolean {
    for (let i = this.#length - 1; i >= 0; i--) if (bytes[start + i] !== this.#bytes[i]) return false;
    return true;
  }
}
