import type { SqlJsStatic } from 'sql.js';
import { beforeAll, expect, test } from 'vitest';
import { SourceChanged } from '../byte-source.ts';
import { emptyDatabase, loadSqlJs } from './fixture-files.ts';
import { readHeader } from './header.ts';
import { MemorySource } from './memory-source.ts';
import { PageFile } from './page-file.ts';
import { SqlDamage, SqlEngine, SqlUnusable } from './sql-engine.ts';

let sql: SqlJsStatic;
let bytes: Uint8Array;
beforeAll(async () => {
  sql = await loadSqlJs();
  const db = emptyDatabase(sql);
  db.run('CREATE TABLE t (a)');
  db.run(
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) INSERT INTO t SELECT hex(zeroblob(2000)) FROM n',
  );
  bytes = db.export();
});

function pagesOf(source: MemorySource): PageFile {
  const header = readHeader(bytes);
  if (header === null) throw new Error('no header');
  return new PageFile(header, source, null);
}

class FailingSource extends MemorySource {
  left = Infinity;

  override readSync(offset: number, length: number): Uint8Array {
    if (this.left-- <= 0) throw new SourceChanged('made.db');
    return super.readSync(offset, length);
  }
}

test('reads a database of which it never holds all', async () => {
  const engine = await SqlEngine.open(loadSqlJs, pagesOf(new MemorySource(bytes)));
  expect(engine.all('SELECT count(*), sum(length(a)) FROM t')).toEqual([[400, 1_600_000]]);
  expect(engine.all('SELECT rowid FROM t WHERE rowid IN (?, ?)', [3, 999])).toEqual([[3]]);
  engine.close();
});

test('a read that fails is never an answer, and neither is any after it', async () => {
  for (let reads = 0; reads < 3; reads++) {
    const source = new FailingSource(bytes);
    source.left = reads;
    const counting = async (): Promise<unknown> => {
      const engine = await SqlEngine.open(loadSqlJs, pagesOf(source));
      expect(() => engine.all('SELECT count(*) FROM t')).toThrow(SourceChanged);
      source.left = Infinity;
      return engine.all('SELECT count(*) FROM t');
    };
    await expect(counting()).rejects.toThrow(SourceChanged);
  }
});

test('what SQLite calls malformed is told as damage', async () => {
  const damaged = bytes.slice();
  damaged.fill(0, 40 * 4096, 60 * 4096);
  const engine = await SqlEngine.open(loadSqlJs, pagesOf(new MemorySource(damaged)));
  expect(() => engine.all('SELECT sum(length(a)) FROM t')).toThrow(SqlDamage);
});

test('a mistake in a statement is not taken for damage', async () => {
  const engine = await SqlEngine.open(loadSqlJs, pagesOf(new MemorySource(bytes)));
  expect(() => engine.all('SELECT b FROM t')).toThrow('no such column');
});

test('a sql.js that does not read through our bytes is noticed at once', async () => {
  const copies = class extends sql.Database {
    constructor() {
      super(emptyDatabase(sql).export());
    }
  };
  const opening = SqlEngine.open(async () => ({ ...sql, Database: copies }), pagesOf(new MemorySource(bytes)));
  await expect(opening).rejects.toThrow(SqlUnusable);
});
