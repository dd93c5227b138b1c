import { compareBytes, signed, u32, varint, varintLength } from './big-endian.ts';
import type { CellPlace } from './leaf.ts';
import { cellAt, cellCount, INDEX_INTERIOR, INDEX_LEAF, readIndexCell } from './leaf.ts';
import type { PageFile } from './page-file.ts';
import { readPages } from './page-runs.ts';

const MAX_DEPTH = 20;
const FIRST_TEXT = 13;
const INTEGER_SIZES = [0, 1, 2, 3, 4, 6, 8];

/** The index says something that can't be: read the table without it. */
export class IndexDamaged extends Error {
  constructor(page: number) {
    super(`index page ${page} is damaged`);
    this.name = 'IndexDamaged';
  }
}

interface Branch {
  readonly page: number;
  /** Wanted keys that may be below: from `low` to before `high`. */
  readonly low: number;
  readonly high: number;
}

/**
 * Row ids of all entries of an index whose first column is one of these texts. Reads the index alone, several pages at a
 * time, and only those that can hold one of the texts.
 *
 * @returns for each wanted text its row ids, in no order; a text without entries is not there
 * @throws IndexDamaged when a page is not what it should be
 */
export async function rowidsByIndex(
  pages: PageFile,
  root: number,
  wanted: Iterable<string>,
  signal?: AbortSignal,
): Promise<Map<string, number[]>> {
  return (await searchIndex(pages, root, wanted, Infinity, signal)).found();
}

/**
 * The same, but leaves that are more than `most` are not read: they are {@link IndexSearch.pending}, to be taken when their
 * bytes come along.
 */
export async function searchIndex(
  pages: PageFile,
  root: number,
  wanted: Iterable<string>,
  most: number,
  signal?: AbortSignal,
): Promise<IndexSearch> {
  const search = new IndexSearch(pages, wanted, root);
  const seen = new Set<number>();
  for (let depth = 0; search.pending.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw new IndexDamaged(root);
    const level = search.pending;
    for (const page of level) {
      if (!pages.has(page) || seen.has(page)) throw new IndexDamaged(page);
      seen.add(page);
    }
    if (level.length > most && (await isLeaf(pages, level[0] ?? root, signal))) break;
    for await (const { page, bytes } of readPages(pages, level, signal)) search.take(page, bytes);
  }
  return search;
}

async function isLeaf(pages: PageFile, wanted: number, signal?: AbortSignal): Promise<boolean> {
  for await (const { bytes } of readPages(pages, [wanted], signal)) return bytes[0] === INDEX_LEAF;
  return false;
}

/** What is known of the wanted keys, and the pages that may tell more. */
export class IndexSearch {
  readonly #pages: PageFile;
  readonly #usable: number;
  #pending = new Map<number, Branch>();
  readonly #texts: string[];
  readonly #keys: Uint8Array[];
  readonly #rowids: number[][];
  #sorted: Float64Array | null = null;
  readonly #cell: CellPlace = { rowid: 0, size: 0, start: 0, end: 0, overflow: 0 };

  constructor(pages: PageFile, wanted: Iterable<string>, root: number) {
    const encoder = new TextEncoder();
    const keyed = [...new Set(wanted)].map((text) => ({ text, key: encoder.encode(text) }));
    keyed.sort((a, b) => compareBytes(a.key, 0, a.key.length, b.key));
    this.#pages = pages;
    this.#usable = pages.usable;
    this.#texts = keyed.map((one) => one.text);
    this.#keys = keyed.map((one) => one.key);
    this.#rowids = keyed.map(() => []);
    if (keyed.length > 0) this.#pending.set(root, { page: root, low: 0, high: keyed.length });
  }

  /** Nothing is wanted. */
  get isEmpty(): boolean {
    return this.#keys.length === 0;
  }

  /** Pages that were not looked at yet, in the order of their keys. */
  get pending(): number[] {
    return [...this.#pending.keys()];
  }

  /** Looks at some of the pending pages, spread over all of them. */
  async takeSome(count: number, signal?: AbortSignal): Promise<void> {
    const { pending } = this;
    const step = Math.max(1, Math.floor(pending.length / count));
    const some = pending.filter((_, i) => i % step === 0);
    for await (const { page, bytes } of readPages(this.#pages, some, signal)) this.take(page, bytes);
  }

  /**
   * Looks at a pending page: its entries are known then, and the pages below it are pending in its place.
   *
   * @throws IndexDamaged when it is not what it should be
   */
  take(page: number, bytes: Uint8Array): void {
    const branch = this.#pending.get(page);
    if (branch === undefined) return;
    if (bytes[0] === INDEX_INTERIOR) this.#pages.keep(page, bytes);
    this.#pending.delete(page);
    this.#sorted = null;
    const below: Branch[] = [];
    this.#read(bytes, branch, below);
    for (const child of below) {
      if (this.#pending.has(child.page)) throw new IndexDamaged(child.page);
      this.#pending.set(child.page, child);
    }
  }

  /** Looks at all that is still pending. */
  async finish(signal?: AbortSignal): Promise<void> {
    while (this.#pending.size > 0)
      for await (const { page, bytes } of readPages(this.#pages, this.pending, signal)) this.take(page, bytes);
  }

  /** Row ids of all entries met so far, sorted. */
  rowids(): Float64Array {
    return (this.#sorted ??= new Float64Array(this.#rowids.flat()).sort());
  }

  found(): Map<string, number[]> {
    const found = new Map<string, number[]>();
    for (const [i, text] of this.#texts.entries()) {
      const rowids = this.#rowids[i] ?? [];
      if (rowids.length > 0) found.set(text, rowids);
    }
    return found;
  }

  /** Takes the entries of one page, and adds the children that may hold more to `below`. */
  #read(bytes: Uint8Array, branch: Branch, below: Branch[]): void {
    const type = bytes[0];
    const interior = type === INDEX_INTERIOR;
    const count = cellCount(bytes, this.#usable);
    if ((!interior && type !== INDEX_LEAF) || count < 0) throw new IndexDamaged(branch.page);
    // the wanted key that the next entry is compared with
    let next = branch.low;
    for (let i = 0; i < count && next < branch.high; i++) {
      const at = cellAt(bytes, i, count, this.#usable);
      const open = at >= 0 && readIndexCell(bytes, interior ? at + 4 : at, this.#usable, this.#cell);
      if (!open) throw new IndexDamaged(branch.page);
      const low = next;
      next = this.#firstNotBelow(bytes, branch.page, next, branch.high);
      const same = next < branch.high && this.#compare(bytes, branch.page, next) === 0;
      if (same) this.#rowids[next]?.push(this.#rowid(bytes, branch.page));
      const high = same ? next + 1 : next;
      if (interior && high > low) below.push({ page: u32(bytes, at), low, high });
    }
    if (interior && next < branch.high) below.push({ page: u32(bytes, 8), low: next, high: branch.high });
  }

  /** First wanted key from `from` on that is not below the entry: keys before it can't come any more on this page. */
  #firstNotBelow(bytes: Uint8Array, page: number, from: number, to: number): number {
    if (from >= to || this.#compare(bytes, page, from) <= 0) return from;
    let low = from + 1;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(bytes, page, middle) <= 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The entry's first column against a wanted key, in SQLite's order: null and numbers, texts, blobs. */
  #compare(bytes: Uint8Array, page: number, key: number): number {
    const { start, end } = this.#cell;
    const headerSize = varint(bytes, start);
    const type = varint(bytes, start + varintLength(bytes, start));
    if (type < 12) return -1;
    if (type % 2 === 0) return 1;
    const from = start + headerSize;
    const to = from + (type - FIRST_TEXT) / 2;
    if (to > end) throw new IndexDamaged(page);
    return compareBytes(bytes, from, to, this.#keys[key] ?? EMPTY);
  }

  /** The last column of an entry is the row id. */
  #rowid(bytes: Uint8Array, page: number): number {
    const { start, end, overflow } = this.#cell;
    const headerEnd = start + varint(bytes, start);
    let type = 0;
    let at = start + varintLength(bytes, start);
    while (at < headerEnd && at < end) {
      type = varint(bytes, at);
      at += varintLength(bytes, at);
    }
    if (overflow !== 0 || at !== headerEnd) throw new IndexDamaged(page);
    if (type === 8 || type === 9) return type - 8;
    const size = INTEGER_SIZES[type] ?? 0;
    if (size === 0) throw new IndexDamaged(page);
    return signed(bytes, end - size, size);
  }
}

const EMPTY = new Uint8Array(0);
