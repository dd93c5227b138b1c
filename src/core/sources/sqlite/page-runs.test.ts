import { describe, expect, it } from 'vitest';
import type { ByteRange, ByteSource } from '../byte-source.ts';
import type { Run } from './page-runs.ts';
import { readRuns } from './page-runs.ts';

const MB = 1024 * 1024;

/** Notes what is asked of it; a read of `broken` fails. */
class NotingSource implements ByteSource {
  readonly size = 1e9;
  readonly modified = 0;
  readonly bytesRead = 0;
  readonly notes: string[] = [];
  readonly #broken: number;

  constructor(broken = -1) {
    this.#broken = broken;
  }

  readSync(): Uint8Array {
    throw new Error('not asked for');
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    this.notes.push(`read ${offset / MB}`);
    if (offset === this.#broken) throw new Error(`broken at ${offset / MB}`);
    return new Uint8Array(length);
  }

  async *stream(ranges: readonly ByteRange[]): AsyncGenerator<Uint8Array> {
    this.notes.push(`stream ${ranges.map(({ start }) => start / MB).join(' ')}`);
    try {
      for (const { start, length } of ranges) {
        if (start === this.#broken) throw new Error(`broken at ${start / MB}`);
        yield new Uint8Array(length);
      }
    } finally {
      this.notes.push('end');
    }
  }

  close(): void {
    this.notes.push('closed');
  }
}

/** Runs from each of these megabytes on. */
function runsOf(source: ByteSource, from: readonly number[], megabytes: number): Run[] {
  return from.map((at) => {
    const [pages, offsets] = [new Uint32Array(0), new Float64Array(0)];
    return { source, start: at * MB, length: megabytes * MB, pages, offsets };
  });
}

async function readAll(runs: readonly Run[], source: NotingSource, until = Infinity): Promise<void> {
  let seen = 0;
  for await (const { run } of readRuns(runs, 2, undefined)) {
    source.notes.push(`seen ${run.start / MB}`);
    if (++seen === until) return;
  }
}

describe('reading runs', () => {
  it('makes one stream of many, wherever they are, in their order', async () => {
    const source = new NotingSource();
    await readAll(runsOf(source, [100, 104, 50, 0], 4), source);
    expect(source.notes).toEqual(['stream 100 104 50 0', 'seen 100', 'seen 104', 'seen 50', 'seen 0', 'end']);
  });

  it('reads few of them one by one, some ahead', async () => {
    const source = new NotingSource();
    await readAll(runsOf(source, [100, 50, 0], 1), source);
    expect(source.notes).toEqual(['read 100', 'read 50', 'read 0', 'seen 100', 'seen 50', 'seen 0']);
  });

  it('takes each file for itself', async () => {
    const [db, wal] = [new NotingSource(), new NotingSource()];
    await readAll([...runsOf(db, [100, 50], 4), ...runsOf(wal, [3], 1)], db);
    expect(db.notes.filter((note) => note.startsWith('stream'))).toEqual(['stream 100 50']);
    expect(wal.notes).toEqual(['read 3']);
  });

  it('ends the stream when nobody wants more', async () => {
    const source = new NotingSource();
    await readAll(runsOf(source, [100, 50], 4), source, 1);
    expect(source.notes).toEqual(['stream 100 50', 'seen 100', 'end']);
  });

  it('tells a failure when its turn comes, and not before', async () => {
    const source = new NotingSource(300 * MB);
    await expect(readAll(runsOf(source, [100, 300], 4), source)).rejects.toThrow('broken at 300');
    expect(source.notes.filter((note) => note.startsWith('seen'))).toEqual(['seen 100']);
  });
});
