/**
 * Memory that was used for a read and may be for the next one: what is new has to be cleared first, page by page, and is garbage
 * afterwards, which together takes as long as the read.
 */

const MOST_BYTES = 16 * 1024 * 1024;
/** Less comes from memory the process has anyway; more is rounded up to it, so that it is of use to the next. */
const UNIT = 256 * 1024;

export class SpareMemory {
  readonly #spares: ArrayBuffer[] = [];
  #bytes = 0;

  /** What stands in it is left over from something else. */
  take(length: number): Uint8Array<ArrayBuffer> {
    if (length < UNIT) return new Uint8Array(length);
    const at = this.#spares.findLastIndex((spare) => spare.byteLength >= length);
    const [spare] = at === -1 ? [] : this.#spares.splice(at, 1);
    if (spare === undefined) return new Uint8Array(new ArrayBuffer(Math.ceil(length / UNIT) * UNIT), 0, length);
    this.#bytes -= spare.byteLength;
    return new Uint8Array(spare, 0, length);
  }

  /** Nobody may look at these bytes any more. */
  give({ buffer }: Uint8Array): void {
    if (!(buffer instanceof ArrayBuffer) || buffer.byteLength < UNIT || this.#spares.includes(buffer)) return;
    this.#spares.push(buffer);
    this.#bytes += buffer.byteLength;
    while (this.#bytes > MOST_BYTES) this.#bytes -= this.#spares.shift()?.byteLength ?? 0;
  }
}
