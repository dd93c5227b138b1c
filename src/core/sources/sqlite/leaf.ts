import { u16, u32, varint, varintLength } from './big-endian.ts';

export const TABLE_LEAF = 13;
export const TABLE_INTERIOR = 5;
export const INDEX_LEAF = 10;
export const INDEX_INTERIOR = 2;

/** Where a cell's record is. */
export interface CellPlace {
  rowid: number;
  /** Of the record, overflow included. */
  size: number;
  start: number;
  /** After its last byte on this page. */
  end: number;
  /** First overflow page, 0 when there is none. */
  overflow: number;
}

/** Bytes of a page's b-tree header: where the cell pointers begin. */
export function cellPointersAt(type: number): number {
  return type === TABLE_INTERIOR || type === INDEX_INTERIOR ? 12 : 8;
}

/** Number of cells, or -1 when there can't be so many: the page is damaged. Not for page 1. */
export function cellCount(page: Uint8Array, usable: number): number {
  const count = u16(page, 3);
  return cellPointersAt(page[0] ?? 0) + 2 * count <= usable ? count : -1;
}

/** Where cell `index` begins, or -1 when it points outside the part of the page that holds cells. */
export function cellAt(page: Uint8Array, index: number, count: number, usable: number): number {
  const pointers = cellPointersAt(page[0] ?? 0);
  const at = u16(page, pointers + 2 * index);
  return at >= pointers + 2 * count && at < usable ? at : -1;
}

/** Reads the head of a table leaf cell into `cell`. False when it can't be one. */
export function readTableCell(page: Uint8Array, at: number, usable: number, cell: CellPlace): boolean {
  const size = varint(page, at);
  const rowidAt = at + varintLength(page, at);
  cell.rowid = varint(page, rowidAt);
  return place(page, rowidAt + varintLength(page, rowidAt), size, usable, usable - 35, cell);
}

/** Reads the head of an index cell. `at` is after the child pointer of an interior one. */
export function readIndexCell(page: Uint8Array, at: number, usable: number, cell: CellPlace): boolean {
  const size = varint(page, at);
  cell.rowid = 0;
  const mostLocal = Math.floor(((usable - 12) * 64) / 255) - 23;
  return place(page, at + varintLength(page, at), size, usable, mostLocal, cell);
}

function place(page: Uint8Array, start: number, size: number, usable: number, most: number, cell: CellPlace): boolean {
  cell.size = size;
  cell.start = start;
  cell.overflow = 0;
  if (size < 1) return false;
  if (size <= most) {
    cell.end = start + size;
    return cell.end <= usable;
  }
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((size - least) % (usable - 4));
  cell.end = start + (fitting <= most ? fitting : least);
  cell.overflow = u32(page, cell.end);
  return cell.end + 4 <= usable;
}
