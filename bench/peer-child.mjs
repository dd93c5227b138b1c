/**
 * Reads a database with better-sqlite3, in a process of its own: `node peer-child.mjs PACKAGE DATABASE RUNS`, the queries as
 * JSON on standard input. Prints the median time of each in ms, and how many rows came.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder = '', database = '', runs = '1'] = process.argv.slice(2);
const Database = createRequire(join(folder, 'package.json'))('better-sqlite3');
const queries = JSON.parse(readFileSync(0, 'utf8'));

/** Rows as a program would use them: what is JSON is parsed. */
function read(statements) {
  const started = performance.now();
  const db = new Database(database, { readonly: true, fileMustExist: true });
  let rows = 0;
  for (const { sql, json } of statements) {
    for (const row of db.prepare(sql).raw().iterate()) {
      rows += 1;
      const text = json === null ? null : row[json];
      if (text !== null) JSON.parse(text);
    }
  }
  db.close();
  return { ms: performance.now() - started, rows };
}

const answers = Object.entries(queries).map(([name, statements]) => {
  const all = Array.from({ length: Number(runs) }, () => read(statements)).sort((a, b) => a.ms - b.ms);
  return [name, all[Math.floor(all.length / 2)]];
});
process.stdout.write(JSON.stringify(Object.fromEntries(answers)));
