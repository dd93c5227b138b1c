import type { SqlValue } from 'sql.js';
import type { SqlEngine } from './sql-engine.ts';

/** A table as the file stores it. */
export interface TableSchema {
  readonly name: string;
  /** Page of its root. */
  readonly root: number;
  /** In the order of a stored record. */
  readonly columns: readonly string[];
  /** Its rows can be read without SQLite: rowid table, nothing computed, no column that stands for the row id. */
  readonly plain: boolean;
  /** Columns that older records lack and that are not null then. */
  readonly defaulted: ReadonlySet<string>;
  /** Root page of an index of the whole table that begins with this column, in plain byte order. */
  readonly indexOn: ReadonlyMap<string, number>;
}

/** Names of the ordinary tables in the file. */
export function tableNames(engine: SqlEngine): string[] {
  return engine.all(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid`).map((row) => String(row[0]));
}

/** Looks up one table. Null when there is none of this name. */
export function readTable(engine: SqlEngine, name: string): TableSchema | null {
  const root = engine.all(`SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?`, [name])[0]?.[0];
  if (typeof root !== 'number') return null;
  const columns = engine.all(
    `SELECT name, type, pk, hidden, dflt_value IS NOT NULL FROM pragma_table_xinfo(?) ORDER BY cid`,
    [name],
  );
  const withoutRowid = engine.all(`SELECT wr FROM pragma_table_list(?) WHERE schema = 'main'`, [name])[0]?.[0] === 1;
  const standsForRowid = columns.some(([, type, pk]) => pk !== 0 && String(type).toUpperCase() === 'INTEGER');
  const computed = columns.some(([, , , hidden]) => hidden !== 0);
  return {
    name,
    root,
    columns: columns.map(([column]) => String(column)),
    plain: !withoutRowid && !standsForRowid && !computed && root > 1,
    defaulted: new Set(columns.filter(([, , , , defaulted]) => defaulted === 1).map(([column]) => String(column))),
    indexOn: readIndices(engine, name),
  };
}

function readIndices(engine: SqlEngine, table: string): Map<string, number> {
  const found = new Map<string, number>();
  const rows = engine.all(
    `SELECT x.name, s.rootpage, x.desc, x.coll
       FROM pragma_index_list(?) AS l JOIN sqlite_schema AS s ON s.name = l.name AND s.type = 'index'
       JOIN pragma_index_xinfo(l.name) AS x ON x.seqno = 0
      WHERE l.partial = 0
      ORDER BY s.rootpage`,
    [table],
  );
  for (const [column, root, descending, collation] of rows) {
    const usable = typeof column === 'string' && typeof root === 'number' && descending === 0 && isBinary(collation);
    if (usable && !found.has(column)) found.set(column, root);
  }
  return found;
}

function isBinary(collation: SqlValue | undefined): boolean {
  return String(collation).toUpperCase() === 'BINARY';
}
