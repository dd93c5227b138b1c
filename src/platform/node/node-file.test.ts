import { appendFileSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeFile } from './node-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dramatis-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

test('gives any range, fewer bytes past the end, and counts what it gave', async () => {
  const file = nodeFile(write('a.db', '0123456789'));
  expect([file.name, file.size, file.folderSeen]).toEqual(['a.db', 10, true]);
  const source = await file.open();
  expect(text(source.readSync(2, 3))).toBe('234');
  expect(text(await source.read(8, 100))).toBe('89');
  expect([source.readSync(10, 5).length, (await source.read(99, 5)).length]).toEqual([0, 0]);
  expect([source.size, source.bytesRead]).toEqual([10, 5]);
  source.close();
  source.close();
});

test('a file that was written to meanwhile is not read on', async () => {
  const path = write('a.db', '0123456789');
  const source = await nodeFile(path).open();
  utimesSync(path, 1, 1);
  expect(() => source.readSync(0, 1)).toThrow('changed while it was being read');
  await expect(source.read(0, 1)).rejects.toThrow('changed while it was being read');
  source.close();
});

test('a -wal may grow, for what was committed stays where it is, but not begin anew', async () => {
  const path = write('a.db-wal', 'x'.repeat(40));
  const source = await nodeFile(path).open();
  appendFileSync(path, 'more');
  expect(text(source.readSync(38, 10))).toBe('xx');
  writeFileSync(path, 'y'.repeat(80));
  expect(() => source.readSync(0, 1)).toThrow('changed while it was being read');
  truncateSync(path, 3);
  await expect(source.read(0, 1)).rejects.toThrow('changed while it was being read');
  source.close();
});

test('a file that is not there is told', async () => {
  const path = write('a.db', '');
  const file = nodeFile(path);
  rmSync(path);
  expect(() => nodeFile(path)).toThrow("a.db can't be read");
  await expect(file.open()).rejects.toMatchObject({ problem: { code: 'file-unreadable', file: path } });
});

test('memory that was given back is used for the next read, and holds that alone', async () => {
  const source = await nodeFile(write('a.jsonl', 'a'.repeat(300_000) + 'b'.repeat(290_000))).open();
  const first = await source.read(0, 300_000);
  source.release?.(first);
  const second = await source.read(300_000, 300_000);
  expect(second.buffer).toBe(first.buffer);
  expect(text(second)).toBe('b'.repeat(290_000));
  source.close();
});
