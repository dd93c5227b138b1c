import type { Chunk } from './chunks.ts';

/** What is done or not done as a whole: one chunk, or all pieces of a message that is too long for one. */
export interface Unit {
  readonly chunks: readonly Chunk[];
  readonly tokens: number;
}

export function* unitsOf(chunks: Iterable<Chunk>): Generator<Unit> {
  let pieces: Chunk[] = [];
  for (const chunk of chunks) {
    const [part] = chunk.parts;
    if (part === undefined || part.pieces === 1) {
      yield unit([chunk]);
      continue;
    }
    pieces.push(chunk);
    if (part.piece < part.pieces - 1) continue;
    yield unit(pieces);
    pieces = [];
  }
}

/** Some units at a time, with at least so many chunks. */
export function* slicesOf(units: Iterable<Unit>, chunks: number): Generator<Unit[]> {
  let slice: Unit[] = [];
  let count = 0;
  for (const each of units) {
    slice.push(each);
    count += each.chunks.length;
    if (count < chunks) continue;
    yield slice;
    slice = [];
    count = 0;
  }
  if (slice.length > 0) yield slice;
}

function unit(chunks: readonly Chunk[]): Unit {
  return { chunks, tokens: chunks.reduce((sum, { tokens }) => sum + tokens, 0) };
}
