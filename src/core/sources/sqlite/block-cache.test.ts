import { expect, test } from 'vitest';
import { BlockCache } from './block-cache.ts';
import { MemorySource } from './memory-source.ts';

const MB = 1024 * 1024;

class CountedSource extends MemorySource {
  calls = 0;

  override readSync(offset: number, length: number): Uint8Array {
    this.calls++;
    return super.readSync(offset, length);
  }
}

function numbered(size: number): CountedSource {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = (i * 7 + (i >> 12)) & 255;
  return new CountedSource(bytes);
}

test('gives the bytes that are there, over the borders of blocks and to the end', () => {
  const source = numbered(MB + 100);
  const cache = new BlockCache(source);
  for (const [offset, length] of [
    [0, 10],
    [262_140, 10],
    [500_000, 400_000],
    [MB, 1000],
    [MB + 100, 5],
  ] as const) {
    expect(Buffer.compare(cache.read(offset, length), source.readSync(offset, length))).toBe(0);
  }
});

test('pages that follow each other are read with few calls', () => {
  const source = numbered(16 * MB);
  const cache = new BlockCache(source);
  for (let at = 0; at < 16 * MB; at += 4096) cache.read(at, 4096);
  expect(source.calls).toBeLessThan(12);
});

test('what was read stays, what was not used for long goes', () => {
  const source = numbered(64 * MB);
  const cache = new BlockCache(source);
  for (let at = 0; at < 64 * MB; at += 2 * MB) cache.read(at, 4096);
  const calls = source.calls;
  for (let at = 0; at < 64 * MB; at += 2 * MB) cache.read(at, 4096);
  expect(source.calls).toBe(calls);
  for (let at = 0; at < 64 * MB; at += 4096) cache.read(at, 4096);
  const before = source.calls;
  cache.read(0, 4096);
  expect(source.calls).toBe(before + 1);
});
