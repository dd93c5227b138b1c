import type { SqlJsStatic } from 'sql.js';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DamageListener } from '../sqlite/damage.ts';
import { emptyDatabase, loadSqlJs } from '../sqlite/fixture-files.ts';
import { readHeader } from '../sqlite/header.ts';
import { MemorySource } from '../sqlite/memory-source.ts';
import { PageFile } from '../sqlite/page-file.ts';
import { scanTables } from '../sqlite/scan.ts';
import type { TableSchema } from '../sqlite/schema.ts';
import { readTable } from '../sqlite/schema.ts';
import { SqlEngine } from '../sqlite/sql-engine.ts';
import { RowSearch } from './row-search.ts';

let sql: SqlJsStatic;
beforeAll(async () => {
  sql = await loadSqlJs();
});

const SESSIONS = 60;
const ROWS_EACH = 200;
const idOf = (session: number): string => `ses_${String(session).padStart(26, '0')}`;
const UNTOUCHED: DamageListener = {
  page: (page, what) => expect.fail(`page ${page} ${what}`),
  row: (_, row, what) => expect.fail(`row ${row} ${what}`),
};

/** Sessions one after the other; the first also has rows at the very end. */
async function store(damageIndex = false): Promise<{ pages: PageFile; table: TableSchema }> {
  const db = emptyDatabase(sql, { pageSize: 512 });
  db.run('CREATE TABLE part (id TEXT, session_id TEXT, data TEXT); CREATE INDEX by_session ON part (session_id)');
  db.run('BEGIN');
  const add = db.prepare('INSERT INTO part VALUES (?, ?, ?)');
  for (let session = 0; session < SESSIONS; session += 1)
    for (let row = 0; row < ROWS_EACH; row += 1) add.run([`p${session}-${row}`, idOf(session), 'x'.repeat(40)]);
  for (let row = 0; row < 20; row += 1) add.run([`late${row}`, idOf(0), 'y']);
  add.free();
  db.run('COMMIT');
  const bytes = db.export();
  const header = readHeader(bytes);
  if (header === null) throw new Error('no database');
  const pages = new PageFile(header, new MemorySource(bytes), null);
  const table = readTable(await SqlEngine.open(async () => sql, pages), 'part');
  if (table === null) throw new Error('no table');
  if (damageIndex) spoilLeaves(bytes, header.pageSize);
  return { pages, table };
}

/** Every leaf of the index is another kind of page now. */
function spoilLeaves(bytes: Uint8Array, pageSize: number): void {
  for (let at = pageSize; at < bytes.length; at += pageSize) if (bytes[at] === 10) bytes[at] = 13;
}

async function found(
  { pages, table }: Awaited<ReturnType<typeof store>>,
  wanted: readonly string[],
): Promise<{ ids: string[]; leaves: number; along: number }> {
  const sessions = new Set(wanted);
  const search = await RowSearch.begin(pages, table, sessions, UNTOUCHED);
  const ids: string[] = [];
  const scan = (leaves: readonly number[]) => ({
    table,
    columns: ['id', 'session_id'],
    atOnce: 2,
    leaves,
    visit: (row: { text(column: number): string | null }) => {
      if (sessions.has(row.text(1) ?? '')) ids.push(row.text(0) ?? '');
      return true;
    },
  });
  const first = await search.firstLeaves();
  const along = { pages: search.along, visit: search.take.bind(search) };
  await scanTables(pages, [scan(first)], { damage: UNTOUCHED, along });
  const others = await search.otherLeaves();
  await scanTables(pages, [scan(others)], { damage: UNTOUCHED });
  return { ids, leaves: first.length + others.length, along: along.pages.length };
}

const names = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => idOf(from + i));

describe('rows of some sessions', () => {
  test.each([
    ['one', names(30, 31), ROWS_EACH],
    ['the newest', names(30, 60), 30 * ROWS_EACH],
    ['the newest and an old one that was taken up again', [idOf(0), ...names(30, 60)], 31 * ROWS_EACH + 20],
    ['some all over the table', names(0, 60).filter((_, i) => i % 2 === 0), 30 * ROWS_EACH + 20],
    ['the oldest', names(0, 30), 30 * ROWS_EACH + 20],
    ['all', names(0, 60), 60 * ROWS_EACH + 20],
    ['none', [], 0],
  ])('are all found, each once: %s', async (_, wanted, rows) => {
    const { ids } = await found(await store(), wanted);
    expect(ids).toHaveLength(rows);
    expect(new Set(ids).size).toBe(rows);
  });

  test('of the newest sessions only the end of the table is read', async () => {
    const all = (await found(await store(), names(0, 60))).leaves;
    expect((await found(await store(), names(30, 60))).leaves).toBeLessThan(0.6 * all);
    expect((await found(await store(), [idOf(0), ...names(30, 60)])).leaves).toBeLessThan(0.65 * all);
  });

  test('an index of many pages is read along with the table', async () => {
    expect((await found(await store(), names(30, 60))).along).toBeGreaterThan(100);
    expect((await found(await store(), names(59, 60))).along).toBe(0);
  });

  test('are found by reading the whole table when the index is damaged', async () => {
    const { ids } = await found(await store(true), names(40, 60));
    expect(new Set(ids).size).toBe(20 * ROWS_EACH);
    expect(ids).toHaveLength(20 * ROWS_EACH);
  });

  test('a second search reads no inner page of a tree again', async () => {
    const opened = await store();
    const bytesOf = async (wanted: readonly string[]): Promise<number> => {
      const before = opened.pages.db.bytesRead;
      await found(opened, wanted);
      return opened.pages.db.bytesRead - before;
    };
    const wanted = names(20, 21);
    const first = await bytesOf(wanted);
    const second = await bytesOf(wanted);
    // what is left are the leaves: those of the table with the rows, those of the index that name them
    expect(second).toBeLessThan(first - 10 * opened.pages.pageSize);
    expect((await found(opened, wanted)).ids).toHaveLength(ROWS_EACH);
  });
});
