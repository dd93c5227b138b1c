import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../byte-source.ts';
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

  async *stream(offset: number, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
    this.notes.push(`stream ${offset / MB}`);
    try {
      for (const length of lengths) yield new Uint8Array(length);
    } finally {
      this.notes.push(`end ${offset / MB}`);
    }
  }

  close(): void {
    this.notes.push('closed');
  }
}

/** Runs that lie end to end from each of these megabytes on. */
function runsOf(source: ByteSource, from: readonly number[], pieces: number): Run[] {
  return from.flatMap((at) =>
    Array.from({ length: pieces }, (_, i) => {
      const start = (at + 4 * i) * MB;
      return { source, start, length: 4 * MB, pages: new Uint32Array(0), offsets: new Float64Array(0) };
    }),
  );
}

async function readAll(runs: readonly Run[], source: NotingSource, until = Infinity): Promise<void> {
  let seen = 0;
  for await (const { run } of readRuns(runs, 2, undefined)) {
    source.notes.push(`seen ${run.start / MB}`);
    if (++seen === until) return;
  }
}

describe('reading runs', () => {
  it('begins the next stretch while the last piece of the one before is looked at', async () => {
    const source = new NotingSource();
    await readAll(runsOf(source, [100, 50, 0], 2), source);
    const stretch = (at: number, next: number | null): string[] => [
      `seen ${at}`,
      ...(next === null ? [] : [`stream ${next}`]),
      `seen ${at + 4}`,
      `end ${at}`,
    ];
    expect(source.notes).toEqual(['stream 100', ...stretch(100, 50), ...stretch(50, 0), ...stretch(0, null)]);
  });

  it('ends what it began when nobody wants more', async () => {
    const source = new NotingSource();
    await readAll(runsOf(source, [100, 50], 2), source, 2);
    expect(source.notes.filter((note) => note.startsWith('stream'))).toEqual(['stream 100', 'stream 50']);
    expect(source.notes.filter((note) => note.startsWith('end')).sort()).toEqual(['end 100', 'end 50']);
  });

  it('tells a failure of what was read ahead when its turn comes, and not before', async () => {
    const source = new NotingSource(300 * MB);
    const runs = [...runsOf(source, [100], 2), ...runsOf(source, [300], 1)];
    await expect(readAll(runs, source)).rejects.toThrow('broken at 300');
    expect(source.notes.filter((note) => note.startsWith('seen'))).toEqual(['seen 100', 'seen 104']);
  });
});
