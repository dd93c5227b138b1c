import type { Database, SqlJsStatic } from 'sql.js';
import { beforeAll, expect, test } from 'vitest';
import { u32 } from './big-endian.ts';
import type { DatabaseShape } from './fixture-files.ts';
import { emptyDatabase, framesBetween, loadSqlJs, makeWal } from './fixture-files.ts';
import { readHeader } from './header.ts';
import { rowidsByIndex } from './index-walk.ts';
import { MemorySource } from './memory-source.ts';
import { PageFile } from './page-file.ts';
import { scanTables } from './scan.ts';
import { readTable } from './schema.ts';
import type { TableSchema } from './schema.ts';
import { SqlEngine } from './sql-engine.ts';
import { EVERY_ROW, leavesOf, rowidsIn } from './table-tree.ts';
import { readWal } from './wal.ts';

let sql: SqlJsStatic;
beforeAll(async () => {
  sql = await loadSqlJs();
});

const SHAPES: DatabaseShape[] = [
  { pageSize: 512 },
  { pageSize: 1024, reserved: 12 },
  { pageSize: 4096 },
  { pageSize: 4096, reserved: 32 },
  { pageSize: 65536 },
];

/** A table of every kind of value, with rows from a few bytes to many pages, some deleted and rewritten. */
function fill(db: Database, seed: number, rows: number): void {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  db.run('CREATE TABLE t (a TEXT PRIMARY KEY, k TEXT, n, body TEXT); CREATE INDEX t_k ON t (k, n)');
  const numbers = [0, 1, -1, 127, -128, 32767, 8388607, -8388608, 2147483647, 140737488355327, 2 ** 50, 1.5, null, 'x'];
  const sizes = [0, 10, 90, 400, 480, 1000, 4000, 4100, 9000, 70000];
  for (let i = 0; i < rows; i++) {
    const body = 'é'.repeat(next(3)) + String.fromCharCode(97 + (i % 26)).repeat(sizes[next(sizes.length)] ?? 0);
    db.run('INSERT INTO t VALUES (?, ?, ?, ?)', [
      `row ${i}`,
      `key ${next(9)}`,
      numbers[next(numbers.length)] ?? null,
      body,
    ]);
    if (next(6) === 0) db.run('DELETE FROM t WHERE rowid = ?', [next(i + 1)]);
    if (next(6) === 0) db.run('UPDATE t SET body = body || body WHERE rowid = ?', [next(i + 1)]);
  }
}

interface Opened {
  readonly pages: PageFile;
  readonly table: TableSchema;
  readonly engine: SqlEngine;
}

async function open(bytes: Uint8Array, wal: Uint8Array | null = null, resident = true): Promise<Opened> {
  const header = readHeader(bytes);
  if (header === null) throw new Error('no header');
  const source = wal === null ? null : new MemorySource(wal);
  const reading = source === null ? null : await readWal(source, header.pageSize);
  const log =
    source !== null && reading?.kind === 'index'
      ? { source, index: reading.index, resident: resident ? wal : null }
      : null;
  const first = log?.index.offsets.get(1);
  const newest = first === undefined || wal === null ? header : readHeader(wal.subarray(first));
  const pages = new PageFile(newest ?? header, new MemorySource(bytes), log);
  const engine = await SqlEngine.open(loadSqlJs, pages);
  const table = readTable(engine, 't');
  if (table === null) throw new Error('no table');
  return { pages, table, engine };
}

const COLUMNS = ['body', 'a', 'n', 'k'];

async function scan(
  { pages, table }: Opened,
  rowids: Float64Array | null = null,
): Promise<{ rows: unknown[][]; lost: string[] }> {
  const lost: string[] = [];
  const damage = {
    page: (page: number, what: string) => void lost.push(`page ${page} ${what}`),
    row: (_: string, row: string, what: string) => void lost.push(`row ${row} ${what}`),
  };
  const rows: unknown[][] = [];
  const visit = (row: Parameters<Parameters<typeof scanTables>[1][0]['visit']>[0]): boolean => {
    if (!row.complete) return false;
    rows.push([row.rowid, row.text(0), row.text(1), row.number(2) ?? row.text(2), row.text(3)]);
    return true;
  };
  const leaves = await leavesOf(pages, table.root, rowids === null ? EVERY_ROW : rowidsIn(rowids), damage);
  await scanTables(pages, [{ table, columns: COLUMNS, atOnce: 0, leaves, visit }], { damage });
  return { rows: rows.sort((a, b) => Number(a[0]) - Number(b[0])), lost };
}

function bySqlite(db: Database, where = ''): unknown[][] {
  return db.exec(`SELECT rowid, body, a, n, k FROM t ${where} ORDER BY rowid`)[0]?.values ?? [];
}

test.each(SHAPES)('a scan gives the rows SQLite gives, pages of %o', async (shape) => {
  for (const seed of [1, 2, 3]) {
    const db = emptyDatabase(sql, shape);
    fill(db, seed, 300);
    const bytes = db.export();
    expect([readHeader(bytes)?.pageSize, bytes[20]]).toEqual([shape.pageSize, shape.reserved ?? 0]);
    const { rows, lost } = await scan(await open(bytes));
    expect(lost).toEqual([]);
    expect(rows).toEqual(bySqlite(db));
  }
});

test.each(SHAPES)(
  'an index names the rows of a few keys, and only their leaves are read, pages of %o',
  async (shape) => {
    const db = emptyDatabase(sql, shape);
    fill(db, 5, 500);
    const opened = await open(db.export());
    const wanted = ['key 3', 'key 7', 'none', 'key 0'];
    const found = await rowidsByIndex(opened.pages, opened.table.indexOn.get('k') ?? 0, wanted);
    for (const key of wanted) {
      const expected = bySqlite(db, `WHERE k = '${key}'`).map(([rowid]) => rowid);
      expect((found.get(key) ?? []).toSorted((a, b) => a - b)).toEqual(expected);
    }
    const rowids = Float64Array.from(found.get('key 3') ?? []).sort();
    const { rows } = await scan(opened, rowids);
    expect(rows.filter((row) => row[4] === 'key 3')).toEqual(bySqlite(db, `WHERE k = 'key 3'`));
    expect(rows.length).toBeLessThan(bySqlite(db).length + 1);
  },
);

test.each([true, false])('pages come from the log where it has newer ones (in memory: %s)', async (resident) => {
  for (const shape of SHAPES) {
    const db = emptyDatabase(sql, shape);
    fill(db, 8, 120);
    const before = db.export();
    db.run(`UPDATE t SET body = body || 'new' WHERE rowid % 3 = 0; DELETE FROM t WHERE rowid % 7 = 0`);
    for (let i = 0; i < 60; i++)
      db.run('INSERT INTO t VALUES (?, ?, ?, ?)', [`late ${i}`, 'key 1', i, 'z'.repeat(i * 300)]);
    const after = db.export();
    const wal = makeWal(framesBetween(before, after, shape.pageSize), { pageSize: shape.pageSize ?? 4096 });
    const opened = await open(before, wal, resident);
    expect(await scan(opened)).toEqual({ rows: bySqlite(db), lost: [] });
    expect(opened.engine.all('SELECT rowid, body, a, n, k FROM t ORDER BY rowid')).toEqual(bySqlite(db));
  }
});

test('a damaged leaf is told once and every other row is still given', async () => {
  const db = emptyDatabase(sql, { pageSize: 1024 });
  fill(db, 4, 400);
  const bytes = db.export();
  const opened = await open(bytes);
  const leaves = await leavesOf(opened.pages, opened.table.root, EVERY_ROW, {
    page: () => undefined,
    row: () => undefined,
  });
  for (const page of leaves.slice(0, 20)) {
    const damaged = bytes.slice();
    damaged.fill(0, (page - 1) * 1024, page * 1024);
    const { rows, lost } = await scan({
      ...opened,
      pages: new PageFile(opened.pages.header, new MemorySource(damaged), null),
    });
    expect(lost).toEqual([`page ${page} holds no rows though it should`]);
    const all = bySqlite(db);
    expect(all.filter((row) => rows.some((one) => one[0] === row[0]))).toEqual(rows);
    expect(rows.length).toBeGreaterThan(all.length - 40);
  }
});

test('a chain of overflow pages that runs in circles ends', async () => {
  const db = emptyDatabase(sql, { pageSize: 512 });
  db.run(`CREATE TABLE t (a TEXT PRIMARY KEY, k TEXT, n, body TEXT)`);
  db.run('INSERT INTO t VALUES (?, ?, ?, ?)', ['one', 'k', 1, 'x'.repeat(20_000)]);
  db.run('INSERT INTO t VALUES (?, ?, ?, ?)', ['two', 'k', 1, 'short']);
  const bytes = db.export();
  for (let page = 1; page * 512 <= bytes.length; page++) {
    const at = (page - 1) * 512;
    if (u32(bytes, at) !== page + 1 || bytes[at + 8] !== 120) continue;
    bytes.set([0, 0, 0, page], at);
    break;
  }
  const { rows } = await scan(await open(bytes));
  expect(rows.map((row) => row[2])).toContain('two');
});

test('a scan ends when it is aborted', async () => {
  const db = emptyDatabase(sql);
  fill(db, 4, 400);
  const { pages, table } = await open(db.export());
  const damage = { page: () => undefined, row: () => undefined };
  const leaves = await leavesOf(pages, table.root, EVERY_ROW, damage);
  const scanning = scanTables(pages, [{ table, columns: COLUMNS, atOnce: 0, leaves, visit: () => true }], {
    damage,
    signal: AbortSignal.abort(),
  });
  await expect(scanning).rejects.toThrow('aborted');
});
