import { joinedBytes } from '../joined-bytes.ts';
import { u32 } from './big-endian.ts';
import type { PageFile } from './page-file.ts';

const FIRST_GUESS = 8;
const MOST_GUESSED_BYTES = 4 * 1024 * 1024;

/** A row whose tail lies in a chain of overflow pages, as far as it was followed. */
export class OverflowChain {
  /** Which scan of several the row belongs to. */
  readonly scan: number;
  readonly rowid: number;
  readonly size: number;
  /** The overflow page that comes next. */
  next: number;
  #have = 0;
  /** The first `#parked` are copies, the others parts of bytes that others hold. */
  #pieces: Uint8Array[] = [];
  #parked = 0;
  #guess = FIRST_GUESS;

  /** @param head the bytes of the row on its leaf page */
  constructor(scan: number, rowid: number, size: number, head: Uint8Array, next: number) {
    this.scan = scan;
    this.rowid = rowid;
    this.size = size;
    this.next = next;
    this.#take(head);
  }

  get isWhole(): boolean {
    return this.#have >= this.size;
  }

  /** Bytes it has so far. */
  get held(): number {
    return this.#have;
  }

  /** Takes the content of page `next`. */
  step(page: Uint8Array, usable: number): void {
    this.next = u32(page, 0);
    this.#take(page.subarray(4, Math.min(usable, 4 + this.size - this.#have)));
  }

  /** Copies what it has, so that it does not hold the bytes it was cut from. */
  park(): void {
    const fresh = this.#pieces.splice(this.#parked);
    this.#pieces.push(joinedBytes(fresh));
    this.#parked = this.#pieces.length;
  }

  whole(): Uint8Array {
    return joinedBytes(this.#pieces);
  }

  /** Pages to read next: chains mostly run on, so some that follow are guessed, more each time the guess was right. */
  guess(pages: PageFile): number[] {
    const missing = Math.ceil((this.size - this.#have) / (pages.usable - 4));
    const most = Math.min(this.#guess, missing, MOST_GUESSED_BYTES / pages.pageSize);
    const guessed: number[] = [];
    for (let page = this.next; page < this.next + most; page++) if (pages.has(page)) guessed.push(page);
    return guessed;
  }

  /** Tells how the last guess went. */
  learn(wasRight: boolean): void {
    this.#guess = wasRight ? this.#guess * 2 : FIRST_GUESS;
  }

  #take(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#have += piece.length;
  }
}
