/** Rows of a long list that stay in the worker until they are looked at. */

export interface RowPage<Row> {
  readonly total: number;
  /** Of the first row. */
  readonly offset: number;
  readonly rows: readonly Row[];
}

/** A negative offset counts from the end. */
export type LoadRows<Row> = (offset: number, limit: number) => Promise<RowPage<Row>>;

const PAGE = 100;

/**
 * @example
 * const pages = new RowPages(load, 1);
 * await pages.start('end');
 * pages.ensure(40, 60);
 * pages.rowAt(50); // undefined until it has come
 */
export class RowPages<Row> {
  /** Of what is kept, when the rows were asked for. */
  readonly revision: number;
  readonly #load: LoadRows<Row>;
  readonly #rows = new Map<number, Row>();
  readonly #asked = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #total = 0;
  #version = 0;
  #wanted: readonly [from: number, to: number] = [0, 0];

  constructor(load: LoadRows<Row>, revision: number) {
    this.#load = load;
    this.revision = revision;
  }

  get total(): number {
    return this.#total;
  }

  /** Grows whenever rows have come. */
  get version(): number {
    return this.#version;
  }

  /** The rows that were looked at last. */
  get wanted(): readonly [from: number, to: number] {
    return this.#wanted;
  }

  rowAt(index: number): Row | undefined {
    return this.#rows.get(index);
  }

  /** Loads the first rows, or the last. */
  async start(from: 'start' | 'end'): Promise<void> {
    await this.#take(from === 'start' ? 0 : -PAGE);
  }

  /** Loads what is missing of these rows, page by page. */
  ensure(from: number, to: number): void {
    void this.fill(from, to);
  }

  /** The same, and resolves when they are there. */
  async fill(from: number, to: number): Promise<void> {
    this.#wanted = [from, to];
    const coming: Promise<unknown>[] = [];
    for (let page = Math.floor(Math.max(0, from) / PAGE); page * PAGE <= Math.min(to, this.#total - 1); page += 1) {
      if (this.#asked.has(page) || this.#has(page)) continue;
      this.#asked.add(page);
      coming.push(this.#take(page * PAGE).catch(() => this.#asked.delete(page)));
    }
    await Promise.all(coming);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #has(page: number): boolean {
    const end = Math.min((page + 1) * PAGE, this.#total);
    for (let index = page * PAGE; index < end; index += 1) if (!this.#rows.has(index)) return false;
    return true;
  }

  async #take(offset: number): Promise<void> {
    const page = await this.#load(offset, PAGE);
    this.#total = page.total;
    for (const [at, row] of page.rows.entries()) this.#rows.set(page.offset + at, row);
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
