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

/** A page, and the row ids below it: those above `after`, up to `upTo`. */
interface Branch {
  readonly page: number;
  readonly after: number;
  readonly upTo: number;
}

const ROOT = { after: -Infinity, upTo: Infinity };

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
  const seen = new Set<number>();
  let level: Branch[] = enter([{ page: root, ...ROOT }], seen, pages, damage);
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    if (await isLeafLevel(pages, level, signal)) return level.map((branch) => branch.page);
    const byPage = new Map(level.map((branch) => [branch.page, branch]));
    const below: Branch[] = [];
    const leaves: number[] = [];
    for await (const { page, bytes } of readPages(pages, byPage.keys(), signal)) {
      const branch = byPage.get(page);
      if (branch === undefined) continue;
      if (bytes[0] === TABLE_LEAF) leaves.push(page);
      else if (bytes[0] === TABLE_INTERIOR) {
        pages.keep(page, bytes);
        addChildren(pages, bytes, branch, wanted, below, damage);
      } else damage.page(page, 'is no page of a table');
    }
    level = enter(below, seen, pages, damage);
    if (leaves.length > 0 && level.length === 0) return leaves;
    level.push(...leaves.map((page) => ({ page, ...ROOT })));
    if (level.length === 0) return [];
  }
  damage.page(root, 'begins a tree that has no end');
  return [];
}

/** Leaves of a tree are all on one level, so a few pages tell of all; more than one is asked, for one may be damaged. */
async function isLeafLevel(pages: PageFile, level: readonly Branch[], signal?: AbortSignal): Promise<boolean> {
  const step = Math.max(1, Math.floor(level.length / SAMPLES));
  const sample = level.filter((_, i) => i % step === 0).map((branch) => branch.page);
  let leaves = 0;
  let interiors = 0;
  for await (const { page, bytes } of readPages(pages, sample.slice(0, SAMPLES), signal)) {
    if (bytes[0] === TABLE_LEAF) leaves++;
    if (bytes[0] !== TABLE_INTERIOR) continue;
    interiors++;
    pages.keep(page, bytes);
  }
  return leaves > interiors;
}

function enter(branches: readonly Branch[], seen: Set<number>, pages: PageFile, damage: DamageListener): Branch[] {
  const entered: Branch[] = [];
  for (const branch of branches) {
    if (!pages.has(branch.page)) damage.page(branch.page, 'is named by a tree but is not in the file');
    else if (seen.has(branch.page)) damage.page(branch.page, 'is named twice by one tree');
    else {
      seen.add(branch.page);
      entered.push(branch);
    }
  }
  return entered;
}

function addChildren(
  pages: PageFile,
  bytes: Uint8Array,
  branch: Branch,
  wanted: RowidSet,
  out: Branch[],
  damage: DamageListener,
): void {
  const count = cellCount(bytes, pages.usable);
  if (count < 0) return damage.page(branch.page, 'says it has more children than fit');
  let { after } = branch;
  const add = (page: number, upTo: number): void => {
    if (wanted.meets(after, upTo)) out.push({ page, after, upTo });
    after = upTo;
  };
  for (let i = 0; i < count; i++) {
    const at = cellAt(bytes, i, count, pages.usable);
    if (at < 0 || at + 5 > pages.usable) {
      damage.page(branch.page, `has a broken pointer to its child ${i}`);
      continue;
    }
    add(u32(bytes, at), varint(bytes, at + 4));
  }
  add(u32(bytes, 8), branch.upTo);
}
