import { expect, test } from 'vitest';
import type { Frame } from './fixture-files.ts';
import { makeWal } from './fixture-files.ts';
import { MemorySource } from './memory-source.ts';
import type { WalReading } from './wal.ts';
import { readWal } from './wal.ts';

const PAGE = 512;
const FRAME = PAGE + 24;

function frame(page: number, fill: number, commit = 0): Frame {
  return { page, image: new Uint8Array(PAGE).fill(fill), commit };
}

function read(bytes: Uint8Array, pageSize: number | null = PAGE): Promise<WalReading> {
  return readWal(new MemorySource(bytes), pageSize);
}

async function pagesOf(bytes: Uint8Array): Promise<unknown> {
  const reading = await read(bytes);
  if (reading.kind !== 'index') return reading.kind;
  const { offsets, pageCount, broken } = reading.index;
  return { pages: [...offsets].map(([page, at]) => [page, (at - 56) / FRAME]), pageCount, broken };
}

const frames = [frame(1, 1), frame(2, 2, 2), frame(2, 3), frame(3, 4, 3), frame(1, 9)];
const whole = {
  pages: [
    [1, 0],
    [2, 2],
    [3, 3],
  ],
  pageCount: 3,
  broken: false,
};

test.each([false, true])(
  'the newest committed frame of a page counts (big-endian checksums: %s)',
  async (bigEndian) => {
    expect(await pagesOf(makeWal(frames, { pageSize: PAGE, bigEndian }))).toEqual(whole);
  },
);

test('frames left from before a checkpoint do not count', async () => {
  const old = makeWal([...frames, ...frames, ...frames], { pageSize: PAGE, salt: 99 });
  old.set(makeWal(frames, { pageSize: PAGE }));
  expect(await pagesOf(old)).toEqual(whole);
});

test('a torn frame ends the log at the commit before it', async () => {
  const wal = makeWal(frames.slice(0, 4), { pageSize: PAGE });
  wal[wal.length - 1] = 77;
  expect(await pagesOf(wal)).toEqual({
    pages: [
      [1, 0],
      [2, 1],
    ],
    pageCount: 2,
    broken: false,
  });
});

test('a frame that is cut off does not count', async () => {
  const wal = makeWal(frames.slice(0, 4), { pageSize: PAGE });
  expect(await pagesOf(wal.subarray(0, wal.length - 1))).toEqual({
    pages: [
      [1, 0],
      [2, 1],
    ],
    pageCount: 2,
    broken: false,
  });
});

test('damage in the middle is told, for rows after it are lost', async () => {
  const wal = makeWal(frames, { pageSize: PAGE });
  wal[32 + 2 * FRAME + 100] = 77;
  expect(await pagesOf(wal)).toEqual({
    pages: [
      [1, 0],
      [2, 1],
    ],
    pageCount: 2,
    broken: true,
  });
});

test('a log without a commit, or without a frame, holds nothing', async () => {
  expect(await pagesOf(makeWal([frame(1, 1), frame(2, 2)], { pageSize: PAGE }))).toBe('empty');
  expect(await pagesOf(makeWal([], { pageSize: PAGE }))).toBe('empty');
  expect(await pagesOf(new Uint8Array(0))).toBe('empty');
});

test('what is no log of this database is unusable, and why', async () => {
  const wal = makeWal(frames, { pageSize: PAGE });
  const other = wal.slice();
  other[0] = 1;
  const header = wal.slice();
  header[20] = 200;
  const version = wal.slice();
  version[7] = 1;
  const reasons = [
    await read(wal, 4096),
    await read(other),
    await read(header),
    await read(version),
    await read(wal.subarray(0, 20)),
  ];
  expect(reasons.map((reading) => (reading.kind === 'unusable' ? reading.reason : reading.kind))).toEqual([
    'its pages have 512 bytes, those of the database 4096',
    'it is not a SQLite write-ahead log',
    'its header does not match its checksum',
    'its version is not known',
    'it is too short',
  ]);
});

test('a log larger than one piece is read to its end', async () => {
  const many = Array.from({ length: 20_000 }, (_, i) => frame((i % 500) + 1, i & 255, i % 10 === 9 ? 500 : 0));
  const reading = await read(makeWal(many, { pageSize: PAGE }));
  expect(reading.kind === 'index' ? [reading.index.offsets.size, reading.index.offsets.get(500)] : null).toEqual([
    500,
    56 + 19_999 * FRAME,
  ]);
});

test('an aborted reading ends', async () => {
  const wal = makeWal(frames, { pageSize: PAGE });
  await expect(readWal(new MemorySource(wal), PAGE, AbortSignal.abort())).rejects.toThrow('aborted');
});
