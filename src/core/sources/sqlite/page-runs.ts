/**
 * Scattered pages are cheapest to read in runs: a gap shorter than a read's latency is read along, a longer one is skipped.
 */
import type { ByteRange, ByteSource } from '../byte-source.ts';
import type { PageFile } from './page-file.ts';

/** A stretch of one file that holds wanted pages; bytes between them are read along. */
export interface Run extends ByteRange {
  readonly source: ByteSource;
  /** Wanted pages in it, in the order of the file, and where each begins in the file. */
  readonly pages: Uint32Array;
  readonly offsets: Float64Array;
}

export interface RunShape {
  /** Bytes between two wanted pages that are read rather than skipped. */
  readonly gap: number;
  /** Longest run in bytes; the next wanted page begins another. */
  readonly maxLength: number;
}

/** Sorts pages by where they are, main file first, and joins them to runs. */
export function planRuns(pages: PageFile, wanted: Iterable<number>, shape: RunShape): Run[] {
  const inDb: number[] = [];
  const inWal: number[] = [];
  for (const page of wanted) (pages.walOffset(page) === null ? inDb : inWal).push(page);
  // in the database pages stand by their numbers
  const runs = join(
    placed(Uint32Array.from(inDb).sort(), (page) => pages.offset(page)),
    pages.db,
    pages.pageSize,
    shape,
  );
  if (pages.wal === null) return runs;
  const walOffset = (page: number): number => pages.walOffset(page) ?? 0;
  const written = Uint32Array.from(inWal).sort((a, b) => walOffset(a) - walOffset(b));
  return [...runs, ...join(placed(written, walOffset), pages.wal, pages.pageSize, shape)];
}

/** Pages in the order of a file, in columns, for there may be hundreds of thousands. */
interface Placed {
  readonly pages: Uint32Array;
  readonly offsets: Float64Array;
}

function placed(pages: Uint32Array, offsetOf: (page: number) => number): Placed {
  const offsets = new Float64Array(pages.length);
  for (let i = 0; i < pages.length; i++) offsets[i] = offsetOf(pages[i] ?? 0);
  return { pages, offsets };
}

function join({ pages, offsets }: Placed, source: ByteSource, pageSize: number, shape: RunShape): Run[] {
  const runs: Run[] = [];
  let first = 0;
  for (let i = 1; i <= pages.length; i++) {
    if (i < pages.length && joins(offsets, first, i, pageSize, shape)) continue;
    const start = offsets[first] ?? 0;
    const length = (offsets[i - 1] ?? 0) + pageSize - start;
    runs.push({ source, start, length, pages: pages.subarray(first, i), offsets: offsets.subarray(first, i) });
    first = i;
  }
  return runs;
}

function joins(offsets: Float64Array, first: number, i: number, pageSize: number, shape: RunShape): boolean {
  const start = offsets[first] ?? 0;
  const before = offsets[i - 1] ?? 0;
  const here = offsets[i] ?? 0;
  return here - before - pageSize <= shape.gap && here + pageSize - start <= shape.maxLength;
}

/** So much is worth a stream, where the source has them. */
const STREAM_BYTES = 8 * 1024 * 1024;

export interface ReadRun {
  readonly run: Run;
  readonly bytes: Uint8Array;
}

/**
 * Reads runs in order with some reads ahead, and hands out each with its bytes, which are good until the next is asked for.
 *
 * @throws the signal's reason when aborted, and whatever the source throws
 */
export async function* readRuns(
  runs: readonly Run[],
  inFlight: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<ReadRun> {
  for (const ofOne of bySource(runs)) {
    const bytes = ofOne.reduce((sum, { length }) => sum + length, 0);
    const pieces = bytes >= STREAM_BYTES ? ofOne[0]?.source.stream?.(ofOne) : undefined;
    yield* pieces === undefined ? readEach(ofOne, inFlight, signal) : readStream(ofOne, pieces, signal);
  }
}

/** Runs that follow each other and are of one file. */
function bySource(runs: readonly Run[]): Run[][] {
  const found: Run[][] = [];
  for (const run of runs) {
    const before = found.at(-1);
    if (before?.[0]?.source === run.source) before.push(run);
    else found.push([run]);
  }
  return found;
}

async function* readStream(
  runs: readonly Run[],
  pieces: AsyncGenerator<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<ReadRun> {
  let next = 0;
  for await (const bytes of pieces) {
    signal?.throwIfAborted();
    const run = runs[next++];
    if (run !== undefined) yield { run, bytes };
  }
}

async function* readEach(
  runs: readonly Run[],
  inFlight: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<ReadRun> {
  const started: Promise<Uint8Array>[] = [];
  const start = (run: Run | undefined): void => {
    if (run === undefined) return;
    const reading = run.source.read(run.start, run.length);
    // a read that nobody waits for any more must not end the process
    reading.catch(() => undefined);
    started.push(reading);
  };
  for (const run of runs.slice(0, inFlight)) start(run);
  for (const [i, run] of runs.entries()) {
    signal?.throwIfAborted();
    const bytes = await started.shift();
    start(runs[i + inFlight]);
    if (bytes !== undefined) yield { run, bytes };
  }
}

const SCATTERED: RunShape = { gap: 32 * 1024, maxLength: 256 * 1024 };
/** A browser answers each after a millisecond, however small, and many at once almost as soon as one. */
const SCATTERED_IN_FLIGHT = 64;

/** Reads single pages wherever they are, several at a time. A page past the end of its file comes short. */
export async function* readPages(
  pages: PageFile,
  wanted: Iterable<number>,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ page: number; bytes: Uint8Array }> {
  const elsewhere: number[] = [];
  for (const page of wanted) {
    const bytes = pages.resident(page);
    if (bytes === null) elsewhere.push(page);
    else yield { page, bytes };
  }
  for await (const { run, bytes } of readRuns(planRuns(pages, elsewhere, SCATTERED), SCATTERED_IN_FLIGHT, signal)) {
    for (const [i, page] of run.pages.entries()) {
      const at = (run.offsets[i] ?? 0) - run.start;
      yield { page, bytes: bytes.subarray(at, at + pages.pageSize) };
    }
  }
}
