import { expect, test } from 'vitest';
import { emptyDatabase, loadSqlJs } from './fixture-files.ts';
import { readHeader } from './header.ts';
import { MemorySource } from './memory-source.ts';
import { PageFile } from './page-file.ts';
import { readTable } from './schema.ts';
import { SqlEngine } from './sql-engine.ts';
import { EVERY_ROW, leavesOf } from './table-tree.ts';

test('on which level the leaves of a table are is found out once', async () => {
  const sql = await loadSqlJs();
  const db = emptyDatabase(sql, { pageSize: 512 });
  db.run('CREATE TABLE part (id TEXT, data TEXT); BEGIN');
  for (let row = 0; row < 3_000; row += 1) db.run('INSERT INTO part VALUES (?, ?)', [`p${row}`, 'x'.repeat(100)]);
  db.run('COMMIT');
  const bytes = db.export();
  const header = readHeader(bytes);
  if (header === null) throw new Error('no database');
  const source = new MemorySource(bytes);
  const pages = new PageFile(header, source, null);
  const root = readTable(await SqlEngine.open(async () => sql, pages), 'part')?.root ?? 0;
  const told: string[] = [];
  const damage = { page: (page: number) => told.push(`${page}`), row: () => undefined };

  const leaves = async (): Promise<number[]> => (await leavesOf(pages, root, EVERY_ROW, damage)).sort((a, b) => a - b);
  const first = await leaves();
  const before = source.bytesRead;
  const second = await leaves();
  expect([first.length > 500, second, told]).toEqual([true, first, []]);
  expect(source.bytesRead).toBe(before);
});
