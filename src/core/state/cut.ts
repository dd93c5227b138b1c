/**
 * Cuts records that have an order into pieces of some ten thousand bytes, so that what changed can be sent alone.
 *
 * Contract:
 * - The pieces are a function of the records alone: devices with the same records have the same pieces by the same names.
 * - A record that comes, goes or grows changes its own piece and at most splits it, or makes one of it and its neighbour.
 *
 * The line from 0 to `SPAN` is halved, and its halves again, as long as more than `PIECE_BYTES` stand in a part. A part is known
 * by how often it was halved and its place among the parts of that width, whatever else is there.
 */

/** ms since 1970 for ten thousand years, or a hash of 48 bits. */
export const SPAN = 2 ** 48;
export const PIECE_BYTES = 32_000;

export interface Placed<T> {
  readonly record: T;
  /** From 0 to `SPAN`, that itself not. */
  readonly at: number;
  /** About: what counts is that it is the same everywhere. */
  readonly bytes: number;
}

export interface Piece<T> {
  /** `11.1c`: halved eleven times, the 48th of these parts. */
  readonly name: string;
  /** Never empty. */
  readonly records: readonly T[];
}

export function cut<T>(placed: readonly Placed<T>[]): Piece<T>[] {
  const sorted = placed.toSorted((a, b) => a.at - b.at);
  const pieces: Piece<T>[] = [];
  const split = (part: readonly Placed<T>[], halved: number, index: number): void => {
    if (part.length === 0) return;
    const width = SPAN / 2 ** halved;
    if (part.length === 1 || width <= 1 || bytesOf(part) <= PIECE_BYTES) {
      pieces.push({ name: `${halved}.${index.toString(36)}`, records: part.map(({ record }) => record) });
      return;
    }
    const middle = index * width + width / 2;
    const right = part.findIndex(({ at }) => at >= middle);
    const end = right === -1 ? part.length : right;
    split(part.slice(0, end), halved + 1, 2 * index);
    split(part.slice(end), halved + 1, 2 * index + 1);
  };
  split(sorted, 0, 0);
  return pieces;
}

function bytesOf<T>(part: readonly Placed<T>[]): number {
  return part.reduce((sum, { bytes }) => sum + bytes, 0);
}
