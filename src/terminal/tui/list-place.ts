/** Where a reader is in a list of which only the rows in sight are asked for. */
export interface ListPlace {
  /** The marked row. Infinity: the last one, also when more come. */
  readonly cursor: number;
  /** The first row in sight. */
  readonly top: number;
}

export const AT_START: ListPlace = { cursor: 0, top: 0 };
export const AT_END: ListPlace = { cursor: Number.POSITIVE_INFINITY, top: Number.POSITIVE_INFINITY };

/** The place in a list as it is now: the marked row is there and in sight, and no line stays empty that could be filled. */
export function settled({ cursor, top }: ListPlace, total: number, height: number): ListPlace {
  const marked = Math.max(0, Math.min(cursor, total - 1));
  const highest = Math.max(0, marked - height + 1);
  const lowest = Math.min(marked, Math.max(0, total - height));
  return { cursor: marked, top: Math.max(highest, Math.min(top, lowest)) };
}

/** The place after going to a row. The end is kept as the end. */
export function goneTo(place: ListPlace, row: number, total: number, height: number): ListPlace {
  const { cursor, top } = settled({ ...settled(place, total, height), cursor: Math.max(0, row) }, total, height);
  return cursor >= total - 1 && row > 0 ? AT_END : { cursor, top };
}
