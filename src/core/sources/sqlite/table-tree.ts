import { u32, varint } from './big-endian.ts';
import type { DamageListener } from './damage.ts';
import { cellAt, cellCount, TABLE_INTERIOR, TABLE_LEAF } from './leaf.ts';
import type { PageFile } from './page-file.ts';
import { readPages } from './page-runs.ts';

const MAX_DEPTH = 20;
const SAMPLES = 5;

/** Which rows of a table are wanted. */
export interface RowidSet {
  /** Whether there is one above `after` and up to `upTo`. */
  meets(after: number, upTo: number): boolean;
}

export const EVERY_ROW: RowidSet = { meets: () => true };

/** These row ids. */
export function rowidsIn(sorted: Float64Array): RowidSet {
  return {
    meets: (after, upTo) => {
      const next = sorted[firstAbove(sorted, after)];
      return next !== undefined && next <= upTo;
    },
  };
}

/** This row id and all above. */
export function rowidsFrom(first: number): RowidSet {
  return { meets: (_, upTo) => upTo >= first };
}

/** Index of the first value above `limit`. */
export function firstAbove(sorted: Float64Array, limit: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 0) > limit) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The pages of one level of a tree, in columns, for there may be hundreds of thousands. */
class Level {
  readonly pages: number[] = [];
  /** Row ids below a page are above this one. */
  readonly after: number[] = [];
  /** And no higher than this one. */
  readonly upTo: number[] = [];

  add(page: number, after: number, upTo: number): void {
    this.pages.push(page);
    this.after.push(after);
    this.upTo.push(upTo);
  }
}

/**
 * The leaf pages of a table that may hold the wanted rows. Reads interior pages alone. A damaged one is reported and what is
 * below it is lost; pages that are met twice are taken once.
 */
export async function leavesOf(
  pages: PageFile,
  root: number,
  wanted: RowidSet,
  damage: DamageListener,
  signal?: AbortSignal,
): Promise<number[]> {
  return new Descent(pages, wanted, damage, signal).leaves(root);
}

/** The way from the root of a tree to its leaves, level by level. */
class Descent {
  readonly #pages: PageFile;
  readonly #wanted: RowidSet;
  readonly #damage: DamageListener;
  readonly #signal: AbortSignal | undefined;
  /** A 1 for each page that was met. */
  readonly #seen: Uint8Array;

  constructor(pages: PageFile, wanted: RowidSet, damage: DamageListener, signal: AbortSignal | undefined) {
    this.#pages = pages;
    this.#wanted = wanted;
    this.#damage = damage;
    this.#signal = signal;
    this.#seen = new Uint8Array(pages.pageCount + 1);
  }

  async leaves(root: number): Promise<number[]> {
    let level = new Level();
    this.#enter(level, root, -Infinity, Infinity);
    for (let depth = 0; depth < MAX_DEPTH; depth++) {
      if (await this.#isLeafLevel(root, depth, level.pages)) return level.pages;
      const { below, leaves } = await this.#below(level);
      if (leaves.length > 0 && below.pages.length === 0) return leaves;
      for (const page of leaves) below.add(page, -Infinity, Infinity);
      if (below.pages.length === 0) return [];
      level = below;
    }
    this.#damage.page(root, 'begins a tree that has no end');
    return [];
  }

  /** Leaves of a tree are all on one level, so a few pages tell of all; more than one is asked, for one may be damaged. */
  async #isLeafLevel(root: number, depth: number, level: readonly number[]): Promise<boolean> {
    const known = this.#pages.leafDepths.get(root);
    if (known !== undefined) return depth >= known;
    const step = Math.max(1, Math.floor(level.length / SAMPLES));
    const sample = level.filter((_, i) => i % step === 0).slice(0, SAMPLES);
    let leaves = 0;
    let interiors = 0;
    for await (const { page, bytes } of readPages(this.#pages, sample, this.#signal)) {
      if (bytes[0] === TABLE_LEAF) leaves++;
      if (bytes[0] !== TABLE_INTERIOR) continue;
      interiors++;
      this.#pages.keep(page, bytes);
    }
    if (leaves <= interiors) return false;
    this.#pages.leafDepths.set(root, depth);
    return true;
  }

  /** What is below the interior pages of a level, and which of its pages are leaves all the same. */
  async #below(level: Level): Promise<{ below: Level; leaves: number[] }> {
    const places = new Map(level.pages.map((page, place) => [page, place]));
    const below = new Level();
    const leaves: number[] = [];
    for await (const { page, bytes } of readPages(this.#pages, places.keys(), this.#signal)) {
      if (bytes[0] === TABLE_LEAF) leaves.push(page);
      else if (bytes[0] === TABLE_INTERIOR) {
        this.#pages.keep(page, bytes);
        const place = places.get(page) ?? 0;
        this.#children(page, bytes, { after: level.after[place] ?? 0, upTo: level.upTo[place] ?? 0 }, below);
      } else this.#damage.page(page, 'is no page of a table');
    }
    return { below, leaves };
  }

  #children(
    page: number,
    bytes: Uint8Array,
    rows: { readonly after: number; readonly upTo: number },
    below: Level,
  ): void {
    const { usable } = this.#pages;
    const count = cellCount(bytes, usable);
    if (count < 0) return this.#damage.page(page, 'says it has more children than fit');
    let { after } = rows;
    const add = (child: number, upTo: number): void => {
      if (this.#wanted.meets(after, upTo)) this.#enter(below, child, after, upTo);
      after = upTo;
    };
    for (let i = 0; i < count; i++) {
      const at = cellAt(bytes, i, count, usable);
      if (at >= 0 && at + 5 <= usable) add(u32(bytes, at), varint(bytes, at + 4));
      else this.#damage.page(page, `has a broken pointer to its child ${i}`);
    }
    add(u32(bytes, 8), rows.upTo);
  }

  #enter(level: Level, page: number, after: number, upTo: number): void {
    if (!this.#pages.has(page)) return this.#damage.page(page, 'is named by a tree but is not in the file');
    if (this.#seen[page] === 1) return this.#damage.page(page, 'is named twice by one tree');
    this.#seen[page] = 1;
    level.add(page, after, upTo);
  }
}
